with stay as (select *, facility like 'HOME%' as home from claims where class = 'inpatient'),
judged as (
    select c.patient_id,
           coalesce((
               select not planned and admit_time <= c.discharge_time + interval 30 days from stay n
               where n.patient_id = c.patient_id and n.admit_time > c.admit_time and n.home
               order by n.admit_time limit 1
           ), false) as ehr,
           coalesce((
               select not planned and admit_time <= c.discharge_time + interval 30 days from stay n
               where n.patient_id = c.patient_id and n.admit_time > c.admit_time
               order by n.admit_time limit 1
           ), false) as claims
    from stay c
    where c.home and c.disposition not in ('expired', 'ama', 'transfer_acute')
      and c.discharge_time + interval 30 days <= timestamp '2025-01-01'
)
select "group", count(*) as index_stays, avg(ehr::double) as ehr_rate, avg(claims::double) as claims_rate,
       avg((not ehr)::double) filter (where claims) as unseen
from judged natural join (select patient_id, "group" from patients)
group by all
