-- Denials: of the money that our contracts promise, the share that never comes because the payer refused.
-- Reads claims. Gives one row: promised (US dollars), lost (of those), rate (0 to 1).
select
    sum(
        -- --- solution: what the contract promises for one bill: which column?
        allowed
        -- --- end
    ) as promised,
    sum(
        -- --- solution: what of it never came
        allowed - paid
        -- --- end
    ) as lost,
    lost / promised as rate
from claims
where
    -- --- solution: which bills are ours?
    facility in ('HOME-MAIN', 'HOME-EAST')
    -- --- end
