with days as (
    select room, date, any_value(staffed_minutes) as staffed, sum(patient_minutes_staffed) as used
    from room_days group by room, date
)
select sum(staffed) / 60 as staffed_hours, sum(used) / 60 as used_hours, sum(used) / sum(staffed) as utilization from days
