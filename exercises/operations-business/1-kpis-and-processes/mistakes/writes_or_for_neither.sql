-- overrides: readmission.sql
select
    count(*) as followed,
    count(*) filter (where
        next_stay = 'unplanned'
        and date_diff('minute', discharge_time, next_admit_time) <= 30 * 1440
    ) as returned,
    returned / followed as rate
from stays
where
    class = 'inpatient'
    and facility in ('HOME-MAIN', 'HOME-EAST')
    and (disposition <> 'expired' or disposition <> 'ama' or disposition <> 'transfer_acute')
    and discharge_time <= '2024-12-02'
