-- Readmission: of the patients who went home from us, the share that came back unplanned within 30 days.
-- Reads stays. Gives one row: followed (discharges that count), returned (of those), rate (0 to 1).
select
    count(*) as followed,
    count(*) filter (where
        -- --- solution: when has a patient come back in the sense of this measure?
        next_stay = 'unplanned'
        and date_diff('minute', discharge_time, next_admit_time) <= 30 * 1440
        -- --- end
    ) as returned,
    returned / followed as rate
from stays
where
    -- --- solution: which discharges from our two houses can be followed for 30 days by a return that we answer for?
    class = 'inpatient'
    and facility in ('HOME-MAIN', 'HOME-EAST')
    and disposition not in ('expired', 'ama', 'transfer_acute')
    and discharge_time <= '2024-12-02'
    -- --- end
