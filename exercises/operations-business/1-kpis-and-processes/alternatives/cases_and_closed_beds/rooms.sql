SELECT
    ROUND(SUM(staffed_minutes) / 60, 1) AS staffed_hours,
    ROUND(SUM(patient_minutes_staffed) / 60, 1) AS used_hours,
    ROUND(SUM(patient_minutes_staffed) / SUM(staffed_minutes), 3) AS utilization
FROM room_days
