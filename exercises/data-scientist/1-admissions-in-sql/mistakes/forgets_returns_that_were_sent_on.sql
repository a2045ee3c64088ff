-- Counts no return that ended with a transfer, although the patient came back, and sicker than others.
--
-- fails: test_readmissions
-- overrides: readmission.sql

with followed as (
    select
        *,
        lead(admit_time) over (partition by patient_id order by admit_time) as next_admit,
        lead(disposition) over (partition by patient_id order by admit_time) as next_ended,
        lead(planned) over (partition by patient_id order by admit_time) as next_planned
    from stays
)

select
    stay_id,
    coalesce(not next_planned and next_ended <> 'transfer_acute' and next_admit <= discharge_time + interval 30 days, false) as readmit30
from followed
where
    disposition not in ('expired', 'ama', 'transfer_acute')
    and discharge_time + interval 30 days <= timestamp '2025-01-01'
