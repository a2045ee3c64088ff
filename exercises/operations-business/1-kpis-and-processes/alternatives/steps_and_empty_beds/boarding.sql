select
    count(*) as patients,
    avg(date_diff('second', bed_request_time, departure_time) / 60.0) as mean_minutes
from er_arrivals
where bed_request_time is not null
