-- Compares dates instead of times, so a return 30 days and some hours later still counts.
--
-- fails: test_readmissions
-- overrides: readmission.sql

with followed as (
    select
        *,
        lead(admit_time) over (partition by patient_id order by admit_time) as next_admit,
        lead(planned) over (partition by patient_id order by admit_time) as next_planned
    from stays
)

select
    stay_id,
    coalesce(not next_planned and next_admit::date - discharge_time::date <= 30, false) as readmit30
from followed
where
    disposition not in ('expired', 'ama', 'transfer_acute')
    and discharge_time + interval 30 days <= timestamp '2025-01-01'
