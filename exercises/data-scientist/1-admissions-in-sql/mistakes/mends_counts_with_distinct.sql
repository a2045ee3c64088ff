-- Joins everything first and writes count(distinct …): the counts look right, and the sum of days is still multiplied.
--
-- fails: test_cohort_has_one_row_a_patient
-- overrides: cohort.sql

select
    stays.patient_id,
    coalesce(bool_or(conditions.condition = 'heart failure'), false) as heart_failure,
    count(distinct stays.stay_id) as stays,
    sum(date_diff('minute', stays.admit_time, stays.discharge_time)) / 1440.0 as days,
    count(distinct visits.encounter_id) as emergency_visits
from stays
left join conditions using (patient_id)
left join admissions as visits
    on stays.patient_id = visits.patient_id and visits.class = 'emergency'
group by stays.patient_id
