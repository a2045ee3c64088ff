-- Boarding: how long patients who are to be admitted wait in the emergency department for a bed on a ward, on average.
-- Reads er_arrivals. Gives one row: patients (who count), mean_minutes.
select
    count(*) as patients,
    avg(
        -- --- solution: one patient's wait for a bed in minutes: from which moment to which?
        date_diff('minute', bed_request_time, departure_time)
        -- --- end
    ) as mean_minutes
from er_arrivals
where
    -- --- solution: which patients wait for a bed?
    disposition = 'admitted'
    -- --- end
