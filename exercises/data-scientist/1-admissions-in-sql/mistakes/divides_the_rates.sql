-- Takes 1 - ehr_rate / claims_rate for the share that goes unseen: the record also shows returns that are none, since
-- it missed a planned stay elsewhere in between, and the two errors cancel.
--
-- fails: test_claims_show_what_the_record_misses
-- overrides: ehr_vs_claims.sql

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
    1 - avg(in_ehr::int) / avg(in_claims::int) as unseen
from judged
group by "group"
order by "group"
