-- Divides by the time from the first patient to the last: the hours in which the team waits before and
-- after vanish.
--
-- fails: test_waits_rooms_and_money
-- overrides: rooms.sql
select
    sum(first_to_last_minutes) / 60 as staffed_hours,
    sum(patient_minutes_staffed) / 60 as used_hours,
    used_hours / staffed_hours as utilization
from room_days
