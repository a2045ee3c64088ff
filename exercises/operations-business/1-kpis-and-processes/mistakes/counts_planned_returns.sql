-- Counts planned returns as readmissions, and so blames the ward for good follow-up.
--
-- fails: test_stays_returns_and_slots
-- overrides: readmission.sql
select
    count(*) as followed,
    count(*) filter (where
        date_diff('minute', discharge_time, next_admit_time) <= 30 * 1440
    ) as returned,
    returned / followed as rate
from stays
where
    class = 'inpatient'
    and facility in ('HOME-MAIN', 'HOME-EAST')
    and disposition not in ('expired', 'ama', 'transfer_acute')
    and discharge_time <= '2024-12-02'
