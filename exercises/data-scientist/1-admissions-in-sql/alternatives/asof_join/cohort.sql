from (from stays select patient_id, count() as stays, sum(epoch(discharge_time - admit_time)) / 86400 as days group by all)
left join (from conditions select patient_id, bool_or(condition = 'heart failure') as hf group by all) using (patient_id)
left join (from admissions select patient_id, count() filter (class = 'emergency') as visits group by all) using (patient_id)
select patient_id, coalesce(hf, false) as heart_failure, stays, days, visits as emergency_visits
