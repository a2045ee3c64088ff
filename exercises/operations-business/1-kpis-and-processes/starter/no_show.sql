-- No-shows: of the slots that nobody else could be given, the share that stayed empty. It plans reminder calls.
-- Reads bookings. Gives one row: slots (that count), missed (of those), rate (0 to 1).
select
    count(*) as slots,
    count(*) filter (where
        -- TODO: when did a slot that counts stay empty?
    ) as missed,
    missed / slots as rate
from bookings
where
    -- TODO: which bookings count, and which of the canceled ones?
