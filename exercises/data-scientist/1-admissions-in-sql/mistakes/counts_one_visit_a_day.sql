-- Counts days with an emergency visit: who came twice on one day was sent home once too early, and does not show.
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
    select distinct patient_id
    from conditions
    where condition = 'heart failure'
),

visits as (
    select
        patient_id,
        count(distinct cast(admit_time as date)) as emergency_visits
    from admissions
    where class = 'emergency'
    group by patient_id
)

select
    in_hospital.patient_id,
    failing.patient_id is not null as heart_failure,
    in_hospital.stays,
    in_hospital.days,
    coalesce(visits.emergency_visits, 0) as emergency_visits
from in_hospital
left join failing using (patient_id)
left join visits using (patient_id)
