-- Who came back: one row per index stay, that is a stay after which a return would count.
--
-- Reads: stays (the result of stays.sql)
-- Gives: stay_id      only index stays: the patient left alive, neither against advice ('ama') nor by transfer
--                     ('transfer_acute'), at least 30 days before the data end at 2025-01-01 00:00
--        readmit30    true if the patient's next stay is unplanned and begins within 30 x 24 hours of the discharge

-- TODO: find each stay's next one first, among all stays; leave out those that are no index stay last
