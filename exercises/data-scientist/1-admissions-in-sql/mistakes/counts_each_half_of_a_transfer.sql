-- Takes each row for a stay: a transferred patient looks like two patients with two short stays.
--
-- fails: test_stays_join_transfers
-- overrides: stays.sql

select encounter_id as stay_id, patient_id, ward, planned, admit_time, discharge_time, disposition
from admissions
where class = 'inpatient'
