SELECT
    SUM(allowed) AS promised,
    SUM(CASE WHEN status = 'denied' OR status = 'upheld' THEN allowed ELSE 0 END) AS lost,
    1 - SUM(paid) / SUM(allowed) AS rate
FROM claims
WHERE facility <> 'OTHER' AND status <> 'self-pay'
