select p.patient_id,
       p.patient_id in (select patient_id from conditions where condition = 'heart failure') as heart_failure,
       (select count(*) from stays s where s.patient_id = p.patient_id) as stays,
       (select sum(date_diff('minute', admit_time, discharge_time)) / 60.0 / 24 from stays s where s.patient_id = p.patient_id) as days,
       (select count(*) from admissions a where a.patient_id = p.patient_id and a.class = 'emergency') as emergency_visits,
       p.age
from patients p
where exists (select 1 from stays s where s.patient_id = p.patient_id)
order by p.patient_id desc
