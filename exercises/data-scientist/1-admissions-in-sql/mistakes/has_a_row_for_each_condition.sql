-- Groups by the recorded condition as well: a patient with heart failure and depression stands in the cohort twice.
--
-- fails: test_cohort_has_one_row_a_patient
-- overrides: cohort.sql

with lengths as (
    select
        patient_id,
        count(*) as stays,
        sum(date_diff('minute', admit_time, discharge_time)) / 1440.0 as days
    from stays
    group by patient_id
)

select
    lengths.patient_id,
    coalesce(conditions.condition = 'heart failure', false) as heart_failure,
    lengths.stays,
    lengths.days,
    (
        select count(*)
        from admissions
        where admissions.patient_id = lengths.patient_id and admissions.class = 'emergency'
    ) as emergency_visits
from lengths
left join conditions using (patient_id)
group by all
