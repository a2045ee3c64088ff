SELECT
    SUM(CASE WHEN class = 'inpatient' AND facility <> 'OTHER' THEN 1 ELSE 0 END) AS stays,
    AVG(
        CASE WHEN class = 'inpatient' AND facility <> 'OTHER'
        THEN EXTRACT(epoch FROM discharge_time - admit_time) / 86400 END
    ) AS mean_days
FROM stays;
