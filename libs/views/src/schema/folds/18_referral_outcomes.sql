-- What became of the cases for which a referral to social care or the police was due, by the behaviour of a counted incident or its
-- recorded harm.
CREATE OR REPLACE VIEW referral_outcomes{on_cluster} AS
SELECT * EXCEPT (behaviours, significant)
FROM referral_waits(schools = {schools:Array(UUID)}, position = {position:UInt64})
WHERE significant OR hasAny(behaviours, {due_behaviours:Array(String)})
