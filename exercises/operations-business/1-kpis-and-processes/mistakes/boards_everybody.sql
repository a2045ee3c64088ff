-- overrides: boarding.sql
select
    count(*) as patients,
    avg(date_diff('minute', arrival_time, departure_time)) as mean_minutes
from er_arrivals
