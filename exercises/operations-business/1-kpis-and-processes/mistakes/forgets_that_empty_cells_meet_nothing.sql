-- overrides: no_show.sql
select
    count(*) as slots,
    count(*) filter (where status <> 'attended') as missed,
    missed / slots as rate
from bookings
where not (hours_before >= 24)
    and canceled_by <> 'clinic'
