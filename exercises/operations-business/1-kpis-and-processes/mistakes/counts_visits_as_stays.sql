-- overrides: los.sql
select
    count(*) as stays,
    avg(date_diff('minute', admit_time, discharge_time) / 1440) as mean_days
from stays
where
    facility in ('HOME-MAIN', 'HOME-EAST')
