-- Counts every later unplanned stay as a return, also one in the fifth month, which has another cause.
--
-- fails: test_stays_returns_and_slots
-- overrides: readmission.sql
select
    count(*) as followed,
    count(*) filter (where
        next_stay = 'unplanned'
    ) as returned,
    returned / followed as rate
from stays
where
    class = 'inpatient'
    and facility in ('HOME-MAIN', 'HOME-EAST')
    and disposition not in ('expired', 'ama', 'transfer_acute')
    and discharge_time <= '2024-12-02'
