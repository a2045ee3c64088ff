-- Leaves out the stays that ended with death to clean the data; the longest stays go with them.
--
-- fails: test_length_of_stay
-- overrides: los.sql

with lengths as (
    select
        ward,
        disposition,
        date_diff('minute', admit_time, discharge_time) / 1440.0 as days
    from stays
    where disposition <> 'expired'
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
