-- Counts changes of date instead of time: a stay from 23:00 to 01:00 becomes a whole day.
--
-- fails: test_stays_returns_and_slots
-- overrides: los.sql
select
    count(*) as stays,
    avg(date_diff('day', admit_time, discharge_time)) as mean_days
from stays
where
    class = 'inpatient'
    and facility in ('HOME-MAIN', 'HOME-EAST')
