with held as (
    select status from bookings where status <> 'canceled'
    union all
    select 'late' from bookings where status = 'canceled' and canceled_by = 'patient' and hours_before < 24
)
select count(*) as slots, count(*) filter (where status in ('no-show', 'late')) as missed, missed / slots as rate
from held
