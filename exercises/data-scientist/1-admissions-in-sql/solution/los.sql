-- Length of stay by ward: one row per ward.
-- Every stay counts, also those in which the patient died: they needed the bed as well.
--
-- Reads: stays (the result of stays.sql)
-- Gives: ward
--        stays         number of stays
--        died          how many of them ended with death (disposition = 'expired')
--        mean_days     mean length in days of 24 hours, with the time of day: 23:00 to 01:00 is 0.083
--        median_days   median length in the same unit

-- --- solution: work out each stay's length to the minute, then group by ward
with lengths as (
    select
        ward,
        disposition,
        date_diff('minute', admit_time, discharge_time) / 1440.0 as days
    from stays
)

select
    ward,
    count(*) as stays,
    count(*) filter (where disposition = 'expired') as died,
    avg(days) as mean_days,
    median(days) as median_days
from lengths
group by ward
order by ward
-- --- end
