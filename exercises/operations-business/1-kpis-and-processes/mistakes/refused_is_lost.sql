-- Counts every refused bill as lost, also those that were paid after an appeal.
--
-- fails: test_waits_rooms_and_money
-- overrides: denials.sql
select
    sum(allowed) as promised,
    sum(case when denial_reason <> '' then allowed else 0 end) as lost,
    lost / promised as rate
from claims
where facility in ('HOME-MAIN', 'HOME-EAST')
