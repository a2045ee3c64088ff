with stay as (select * from claims where class = 'inpatient'),
home as (select * from stay where facility <> 'OTHER'),
idx as (
    select * from home
    where disposition in ('home', 'home_health', 'snf') and discharge_time <= '2024-12-02'
),
claims_next as (
    select i.encounter_id, min(s.admit_time) as t
    from idx i join stay s on s.patient_id = i.patient_id and s.admit_time > i.admit_time group by 1
),
ehr_next as (
    select i.encounter_id, min(s.admit_time) as t
    from idx i join home s on s.patient_id = i.patient_id and s.admit_time > i.admit_time group by 1
),
both_views as (
    select i.encounter_id, i.patient_id,
           coalesce(not c.planned and c.admit_time - i.discharge_time <= interval 30 days, false) as by_claims,
           coalesce(not e.planned and e.admit_time - i.discharge_time <= interval 30 days, false) as by_ehr
    from idx i
    left join claims_next cn using (encounter_id)
    left join stay c on c.patient_id = i.patient_id and c.admit_time = cn.t
    left join ehr_next en using (encounter_id)
    left join home e on e.patient_id = i.patient_id and e.admit_time = en.t
)
select p."group", count(*) as index_stays, round(avg(by_ehr::int), 3) as ehr_rate,
       round(avg(by_claims::int), 3) as claims_rate,
       round(1.0 * sum((by_claims and not by_ehr)::int) / sum(by_claims::int), 3) as unseen
from both_views join patients p using (patient_id)
group by p."group"
