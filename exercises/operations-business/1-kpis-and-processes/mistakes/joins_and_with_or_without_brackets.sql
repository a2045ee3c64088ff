-- overrides: no_show.sql
select
    count(*) as slots,
    count(*) filter (where status <> 'attended') as missed,
    missed / slots as rate
from bookings
where
    canceled_by <> 'clinic' and status <> 'canceled' or hours_before < 24
