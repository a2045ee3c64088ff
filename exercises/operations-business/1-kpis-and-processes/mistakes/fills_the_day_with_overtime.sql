-- Counts work after hours as use, so that long evenings fill other days' empty afternoons.
--
-- fails: test_waits_rooms_and_money
-- overrides: rooms.sql
select
    sum(staffed_minutes) / 60 as staffed_hours,
    sum(patient_minutes) / 60 as used_hours,
    used_hours / staffed_hours as utilization
from room_days
