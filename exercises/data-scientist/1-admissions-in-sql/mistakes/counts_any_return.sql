-- Asks whether any unplanned stay follows within 30 days, not whether the next one is unplanned: a planned stay in
-- between has its own discharge.
--
-- fails: test_readmissions
-- overrides: readmission.sql

select
    stay_id,
    exists (
        select 1
        from stays as later
        where
            later.patient_id = stays.patient_id
            and later.admit_time > stays.discharge_time
            and later.admit_time <= stays.discharge_time + interval 30 days
            and not later.planned
    ) as readmit30
from stays
where
    disposition not in ('expired', 'ama', 'transfer_acute')
    and discharge_time + interval 30 days <= timestamp '2025-01-01'
