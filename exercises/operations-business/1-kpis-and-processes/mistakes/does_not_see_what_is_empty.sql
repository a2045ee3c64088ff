-- overrides: boarding.sql
select
    count(bed_request_time) as patients,
    avg(date_diff('minute', bed_request_time, departure_time)) as mean_minutes
from er_arrivals
