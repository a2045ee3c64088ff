-- Denials: of the money that our contracts promise, the share that never comes because the payer refused.
-- Reads claims. Gives one row: promised (US dollars), lost (of those), rate (0 to 1).
select
    sum(
        -- TODO: what the contract promises for one bill: which column?
    ) as promised,
    sum(
        -- TODO: what of it never came
    ) as lost,
    lost / promised as rate
from claims
where
    -- TODO: which bills are ours?
