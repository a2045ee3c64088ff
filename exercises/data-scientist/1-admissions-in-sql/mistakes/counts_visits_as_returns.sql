-- Looks for the next row of admissions instead of the next stay: a visit to the emergency department becomes a
-- readmission.
--
-- fails: test_readmissions
-- overrides: readmission.sql

with following as (
    select
        stays.stay_id,
        arg_min(admissions.planned, admissions.admit_time) as next_planned,
        min(admissions.admit_time) as next_admit
    from stays
    left join admissions
        on
            stays.patient_id = admissions.patient_id
            and stays.discharge_time < admissions.admit_time
    group by stays.stay_id
)

select
    stays.stay_id,
    coalesce(not next_planned and next_admit <= discharge_time + interval 30 days, false) as readmit30
from stays
inner join following using (stay_id)
where
    disposition not in ('expired', 'ama', 'transfer_acute')
    and discharge_time + interval 30 days <= timestamp '2025-01-01'
