select s.stay_id, ifnull(n.admit_time - s.discharge_time <= interval '30' day and not n.planned, false)::int as readmit30
from stays s asof left join stays n on s.patient_id = n.patient_id and s.discharge_time < n.admit_time
where s.disposition not in ('expired', 'ama', 'transfer_acute') and s.discharge_time < timestamp '2024-12-02 00:01'
