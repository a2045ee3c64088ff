with nearest as (
    select a.stay_id, min(b.admit_time) as next_admit
    from stays a
    left join stays b on b.patient_id = a.patient_id and b.admit_time > a.admit_time
    group by a.stay_id
)
select a.stay_id,
       case when b.stay_id is null or b.planned then false
            when epoch(b.admit_time) - epoch(a.discharge_time) > 30 * 86400 then false
            else true end as readmit30
from stays a
join nearest using (stay_id)
left join stays b on b.patient_id = a.patient_id and b.admit_time = nearest.next_admit
where a.disposition in ('home', 'home_health', 'snf')
  and a.discharge_time <= timestamp '2024-12-02 00:00'
