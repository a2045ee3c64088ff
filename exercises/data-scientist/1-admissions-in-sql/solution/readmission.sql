-- Who came back: one row per index stay, that is a stay after which a return would count.
--
-- Reads: stays (the result of stays.sql)
-- Gives: stay_id      only index stays: the patient left alive, neither against advice ('ama') nor by transfer
--                     ('transfer_acute'), at least 30 days before the data end at 2025-01-01 00:00
--        readmit30    true if the patient's next stay is unplanned and begins within 30 x 24 hours of the discharge

-- --- solution: find each stay's next one first, among all stays; leave out those that are no index stay last
with followed as (
    select
        *,
        lead(admit_time) over (partition by patient_id order by admit_time) as next_admit,
        lead(planned) over (partition by patient_id order by admit_time) as next_planned
    from stays
)

select
    stay_id,
    coalesce(not next_planned and next_admit <= discharge_time + interval 30 days, false) as readmit30
from followed
where
    disposition not in ('expired', 'ama', 'transfer_acute')
    and discharge_time + interval 30 days <= timestamp '2025-01-01'
-- --- end
