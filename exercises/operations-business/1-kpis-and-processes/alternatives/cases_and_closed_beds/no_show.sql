SELECT
    COUNT(*) AS slots,
    COUNT(*) - SUM(CASE WHEN status = 'attended' THEN 1 ELSE 0 END) AS missed,
    missed * 1.0 / slots AS rate
FROM bookings
WHERE status IN ('attended', 'no-show') OR (status = 'canceled' AND NOT canceled_by = 'clinic' AND hours_before < 24)
