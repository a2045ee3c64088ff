with followed as (
    select *, next_stay = 'unplanned' and next_admit_time - discharge_time <= interval 30 days as back
    from stays
    where class = 'inpatient' and facility <> 'OTHER'
        and disposition <> 'expired' and disposition <> 'ama' and disposition <> 'transfer_acute'
        and date_diff('minute', discharge_time, timestamp '2025-01-01') >= 30 * 24 * 60
)
select count(*) as followed, count_if(back) as returned, count_if(back) / count(*) as rate, 'share' as unit from followed
