select distinct s.ward,
       (select count(*) from stays x where x.ward = s.ward) as stays,
       (select count(*) from stays x where x.ward = s.ward and x.disposition = 'expired') as died,
       (select avg(date_diff('second', x.admit_time, x.discharge_time)) / 86400 from stays x where x.ward = s.ward) as mean_days,
       (select median(date_diff('second', x.admit_time, x.discharge_time)) / 86400 from stays x where x.ward = s.ward) as median_days
from stays s
