SELECT
    COUNT(*) AS followed,
    SUM(CASE WHEN next_stay = 'unplanned' AND next_admit_time <= discharge_time + INTERVAL 30 DAY THEN 1 ELSE 0 END)
        AS returned,
    ROUND(SUM(CASE WHEN next_stay = 'unplanned' AND next_admit_time <= discharge_time + INTERVAL 30 DAY
        THEN 1 ELSE 0 END) / COUNT(*), 3) AS rate
FROM stays
WHERE class = 'inpatient' AND facility LIKE 'HOME%' AND disposition IN ('home', 'home_health', 'snf')
    AND discharge_time + INTERVAL 30 DAY <= '2025-01-01'
