-- Joins a transfer only within a week, which the rule does not say: who waits longer becomes two patients on paper.
--
-- fails: test_stays_join_transfers
-- overrides: stays.sql

with inpatient as (
    select
        *,
        lag(discharge_time) over (partition by patient_id order by admit_time) as left_before,
        lag(disposition) over (partition by patient_id order by admit_time) as ended_before
    from admissions
    where class = 'inpatient'
),

numbered as (
    select
        *,
        sum(case when admit_source = 'transfer' and ended_before = 'transfer_acute'
            and admit_time <= left_before + interval 7 days then 0 else 1 end)
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
