-- Takes the whole days out of the difference and drops the hours: every stay loses half a day on average.
--
-- fails: test_length_of_stay
-- overrides: los.sql

with lengths as (
    select
        ward,
        disposition,
        extract('day' from discharge_time - admit_time) as days
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
