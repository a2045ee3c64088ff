SELECT ward, COUNT(*) AS stays,
       SUM(CASE WHEN disposition = 'expired' THEN 1 ELSE 0 END) AS died,
       ROUND(AVG(EXTRACT(EPOCH FROM discharge_time - admit_time) / 86400), 2) AS mean_days,
       ROUND(QUANTILE_CONT(EXTRACT(EPOCH FROM discharge_time - admit_time) / 86400, 0.5), 2) AS median_days
FROM stays GROUP BY ward
