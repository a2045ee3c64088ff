-- For each row, the latest row at or before it that begins a stay; the ends by the latest discharge.
with inpatient as (
    select a.*, (
        select b.disposition from admissions b
        where b.class = 'inpatient' and b.patient_id = a.patient_id and b.admit_time < a.admit_time
        order by b.admit_time desc limit 1
    ) as ended_before
    from admissions a where a.class = 'inpatient'
),
first_rows as (
    select * from inpatient
    where not (admit_source = 'transfer' and coalesce(ended_before, '') = 'transfer_acute')
),
placed as (
    select i.*, (
        select max(f.admit_time) from first_rows f
        where f.patient_id = i.patient_id and f.admit_time <= i.admit_time
    ) as began
    from inpatient i
)
select f.encounter_id as stay_id, f.patient_id, f.ward, f.planned, f.admit_time,
       (select max(p.discharge_time) from placed p
        where p.patient_id = f.patient_id and p.began = f.admit_time) as discharge_time,
       (select arg_max(p.disposition, p.admit_time) from placed p
        where p.patient_id = f.patient_id and p.began = f.admit_time) as disposition
from first_rows f
