-- Readmission: of the patients who went home from us, the share that came back unplanned within 30 days.
-- Reads stays. Gives one row: followed (discharges that count), returned (of those), rate (0 to 1).
select
    count(*) as followed,
    count(*) filter (where
        -- TODO: when has a patient come back in the sense of this measure?
    ) as returned,
    returned / followed as rate
from stays
where
    -- TODO: which discharges from our two houses can be followed for 30 days by a return that we answer for?
