-- Takes the list price of refused bills for lost money: nobody would ever have paid it.
--
-- fails: test_waits_rooms_and_money
-- overrides: denials.sql
select
    sum(allowed) as promised,
    sum(case when status in ('denied', 'upheld') then billed else 0 end) as lost,
    lost / promised as rate
from claims
where facility in ('HOME-MAIN', 'HOME-EAST')
