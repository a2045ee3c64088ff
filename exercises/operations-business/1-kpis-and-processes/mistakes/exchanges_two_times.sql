-- Takes the later time from the earlier one, so that every return comes less than nothing after the discharge, and counts.
--
-- fails: test_stays_returns_and_slots
-- overrides: readmission.sql
select
    count(*) as followed,
    count(*) filter (where
        next_stay = 'unplanned'
        and date_diff('minute', next_admit_time, discharge_time) <= 30 * 1440
    ) as returned,
    returned / followed as rate
from stays
where
    class = 'inpatient'
    and facility in ('HOME-MAIN', 'HOME-EAST')
    and disposition not in ('expired', 'ama', 'transfer_acute')
    and discharge_time <= '2024-12-02'
