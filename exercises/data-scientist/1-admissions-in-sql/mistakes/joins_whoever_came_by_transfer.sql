-- Goes by admit_source alone: a patient transferred in from a hospital outside the data is put onto a stay that ended
-- months before.
--
-- fails: test_stays_join_transfers
-- overrides: stays.sql

with inpatient as (
    select
        *,
        lag(disposition) over (partition by patient_id order by admit_time) as ended_before
    from admissions
    where class = 'inpatient'
),

numbered as (
    select
        *,
        sum(case when admit_source = 'transfer' then 0 else 1 end)
            over (partition by patient_id order by admit_time) as stay_number
    from inpatient
)

select
    arg_min(encounter_id, admit_time) as stay_id,
    patient_id,
    arg_min(ward, admit_time) as ward,
    arg_min(planned, admit_time) as planned,
    min(admit_time) as admit_time,
    max(discharge_time) as discharge_time,
    arg_max(disposition, admit_time) as disposition
from numbered
group by patient_id, stay_number
