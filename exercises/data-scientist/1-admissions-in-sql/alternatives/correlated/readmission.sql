select stay_id,
       exists (
           select 1 from stays r
           where r.patient_id = s.patient_id and not r.planned
             and r.admit_time > s.discharge_time and r.admit_time <= s.discharge_time + interval 720 hours
             and not exists (
                 select 1 from stays n
                 where n.patient_id = s.patient_id and n.admit_time > s.discharge_time and n.admit_time < r.admit_time
             )
       ) as readmit30
from stays s
where disposition <> 'expired' and disposition <> 'ama' and disposition <> 'transfer_acute'
  and date_diff('minute', discharge_time, timestamp '2025-01-01') >= 30 * 24 * 60
