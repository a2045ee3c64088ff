-- Subtracts dates instead of times: two hours around midnight are a whole day, and a stay from morning to evening is
-- none.
--
-- fails: test_length_of_stay
-- overrides: los.sql

with lengths as (
    select
        ward,
        disposition,
        date_diff('day', admit_time, discharge_time) as days
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
