with rows as (select * from admissions where class = 'inpatient'),
begins as (
    select r.*
    from rows r
    asof left join rows b on r.patient_id = b.patient_id and r.admit_time > b.admit_time
    where r.admit_source <> 'transfer' or b.disposition is distinct from 'transfer_acute'
),
legs as (
    select b.encounter_id as stay_id, r.discharge_time, r.disposition, r.admit_time
    from rows r asof join begins b on r.patient_id = b.patient_id and r.admit_time >= b.admit_time
)
select stay_id, any_value(b.patient_id) as patient_id, any_value(b.ward) as ward, any_value(b.planned) as planned,
       any_value(b.admit_time) as admit_time, max(legs.discharge_time) as discharge_time,
       max_by(legs.disposition, legs.admit_time) as disposition
from legs join begins b on b.encounter_id = legs.stay_id
group by stay_id
