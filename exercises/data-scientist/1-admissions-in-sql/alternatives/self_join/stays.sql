-- Walks from each first row to the rows that go on it.
with recursive inpatient as (
    select * from admissions where class = 'inpatient'
),
link as (  -- a row and the patient's row before it
    select a.encounter_id, max(b.admit_time) as before
    from inpatient a left join inpatient b on a.patient_id = b.patient_id and b.admit_time < a.admit_time
    group by a.encounter_id
),
goes_on as (
    select a.encounter_id, b.encounter_id as previous
    from inpatient a
    join link using (encounter_id)
    join inpatient b on b.patient_id = a.patient_id and b.admit_time = link.before
    where a.admit_source = 'transfer' and b.disposition = 'transfer_acute'
),
legs as (
    select encounter_id as stay_id, encounter_id, 1 as leg
    from inpatient
    where encounter_id not in (select encounter_id from goes_on)
    union all
    select legs.stay_id, goes_on.encounter_id, legs.leg + 1
    from legs join goes_on on goes_on.previous = legs.encounter_id
),
last as (
    select stay_id, max(leg) as leg from legs group by stay_id
)
select f.encounter_id as stay_id, f.patient_id, f.ward, f.planned, f.admit_time, l.discharge_time, l.disposition
from last
join legs using (stay_id, leg)
join inpatient f on f.encounter_id = last.stay_id
join inpatient l on l.encounter_id = legs.encounter_id;
