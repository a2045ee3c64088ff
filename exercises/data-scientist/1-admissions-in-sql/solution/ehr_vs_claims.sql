-- What our own record (EHR) does not see: readmissions by population group, counted in two ways.
-- The rule is that of readmission.sql, on rows of the class 'inpatient'. Index stays are those that
-- HOME-MAIN or HOME-EAST discharged. A transferred patient's first row ends with 'transfer_acute', so it is none.
--
-- Reads: claims (one row per encounter, at whatever hospital and whatever became of the bill), patients
-- Gives: group          A, B or C (write "group": the word is SQL's own)
--        index_stays    number of index stays
--        ehr_rate       share readmitted (0 to 1) if the rows of HOME-MAIN and HOME-EAST were all there is
--        claims_rate    share readmitted (0 to 1) with the rows of all hospitals
--        unseen         of the index stays that the claims show as readmitted, the share of which the EHR shows no
--                       readmission (0 to 1)

-- --- solution: find the next row twice, once among our own hospitals' rows and once among all
with inpatient as (
    select *
    from claims
    where class = 'inpatient'
),

every as (
    select
        encounter_id,
        lead(admit_time) over (partition by patient_id order by admit_time) as next_admit,
        lead(planned) over (partition by patient_id order by admit_time) as next_planned
    from inpatient
),

own as (
    select
        *,
        lead(admit_time) over (partition by patient_id order by admit_time) as next_admit,
        lead(planned) over (partition by patient_id order by admit_time) as next_planned
    from inpatient
    where facility in ('HOME-MAIN', 'HOME-EAST')
),

judged as (
    select
        patients."group",
        coalesce(not own.next_planned and own.next_admit <= own.discharge_time + interval 30 days, false) as in_ehr,
        coalesce(not every.next_planned and every.next_admit <= own.discharge_time + interval 30 days, false)
            as in_claims
    from own
    inner join every using (encounter_id)
    inner join patients using (patient_id)
    where
        own.disposition not in ('expired', 'ama', 'transfer_acute')
        and own.discharge_time + interval 30 days <= timestamp '2025-01-01'
)

select
    "group",
    count(*) as index_stays,
    avg(in_ehr::int) as ehr_rate,
    avg(in_claims::int) as claims_rate,
    count(*) filter (where in_claims and not in_ehr) / count(*) filter (where in_claims) as unseen
from judged
group by "group"
order by "group"
-- --- end
