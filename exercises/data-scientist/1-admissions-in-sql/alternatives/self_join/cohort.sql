with failing as (
    select patient_id, max(case when condition = 'heart failure' then 1 else 0 end) as hf
    from conditions group by patient_id
),
visits as (
    select p.patient_id, count(a.encounter_id) as n
    from patients p left join admissions a on a.patient_id = p.patient_id and a.class = 'emergency'
    group by p.patient_id
)
select s.patient_id, max(coalesce(hf, 0)) = 1 as heart_failure, count(*) as stays,
       round(sum(epoch(discharge_time) - epoch(admit_time)) / 86400, 2) as days, max(n) as emergency_visits
from stays s
left join failing on failing.patient_id = s.patient_id
join visits on visits.patient_id = s.patient_id
group by s.patient_id
