-- Operating room utilization: of the hours for which a room is staffed, the share with a patient in it.
-- Reads room_days. Gives one row: staffed_hours, used_hours, utilization (0 to 1).
select
    sum(
        -- TODO: the minutes for which a room was staffed on one day: which column?
    ) / 60 as staffed_hours,
    sum(
        -- TODO: the minutes of these with a patient in the room: which column?
    ) / 60 as used_hours,
    used_hours / staffed_hours as utilization
from room_days
