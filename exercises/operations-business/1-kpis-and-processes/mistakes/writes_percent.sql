-- Gives a percentage where a share is asked for, so that two pages of one report differ by a factor of
-- 100.
--
-- fails: test_waits_rooms_and_money
-- overrides: denials.sql
select
    sum(allowed) as promised,
    sum(allowed - paid) as lost,
    100 * lost / promised as rate
from claims
where facility in ('HOME-MAIN', 'HOME-EAST')
