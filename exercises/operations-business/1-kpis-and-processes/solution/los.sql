-- Length of stay: how many days a patient lies in one of our beds, on average. It plans beds.
-- Reads stays. Gives one row: stays (how many count), mean_days (their mean, in days of 24 hours).
select
    count(*) as stays,
    avg(
        -- --- solution: the length of one stay in days: from which moment to which? (keep the hours)
        date_diff('minute', admit_time, discharge_time) / 1440
        -- --- end
    ) as mean_days
from stays
where
    -- --- solution: which rows are stays in a bed of our two houses?
    class = 'inpatient'
    and facility in ('HOME-MAIN', 'HOME-EAST')
    -- --- end
