-- Joins every recorded row of heart failure to every stay: a patient coded at two stays by two sources has four rows,
-- and the days in hospital are multiplied.
--
-- fails: test_cohort_has_one_row_a_patient
-- overrides: cohort.sql

with in_hospital as (
    select
        patient_id,
        count(*) as stays,
        sum(date_diff('minute', admit_time, discharge_time)) / 1440.0 as days
    from stays
    group by patient_id
),

failing as (
    select patient_id
    from conditions
    where condition = 'heart failure'
),

visits as (
    select
        patient_id,
        count(*) as emergency_visits
    from admissions
    where class = 'emergency'
    group by patient_id
)

select
    in_hospital.patient_id,
    bool_or(failing.patient_id is not null) as heart_failure,
    sum(in_hospital.stays) as stays,
    sum(in_hospital.days) as days,
    max(coalesce(visits.emergency_visits, 0)) as emergency_visits
from in_hospital
left join failing using (patient_id)
left join visits using (patient_id)
group by in_hospital.patient_id
