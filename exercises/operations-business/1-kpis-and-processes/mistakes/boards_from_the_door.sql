-- Starts the wait for a bed at the front door, so that it also holds the wait for a doctor and for
-- results.
--
-- fails: test_waits_rooms_and_money
-- overrides: boarding.sql
select
    count(*) as patients,
    avg(date_diff('minute', arrival_time, departure_time)) as mean_minutes
from er_arrivals
where disposition = 'admitted'
