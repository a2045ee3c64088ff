-- first the stays, then their mean
with ours as (
    select date_diff('second', admit_time, discharge_time) / 86400.0 as days
    from stays
    where facility in ('HOME-EAST', 'HOME-MAIN') and not class in ('emergency', 'observation')
)
select count(days) as stays, round(sum(days) / count(*), 3) as mean_days from ours
