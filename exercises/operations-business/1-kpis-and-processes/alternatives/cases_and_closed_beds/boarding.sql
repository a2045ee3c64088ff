SELECT
    COUNT(bed_request_time) AS patients,
    ROUND(AVG(EXTRACT(epoch FROM departure_time - bed_request_time) / 60), 1) AS mean_minutes
FROM er_arrivals
