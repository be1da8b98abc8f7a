-- For each case with a counted incident, whether or not a referral was due: its behaviours, whether harm was significant, and what
-- became of a referral to social care or the police by {position}. `outcome`:
--   before           a referral came before the school was told
--   referred         referred, no decision against it came first
--   reversed         referred after a decision against it
--   decided-against  a decision against it, no referral
--   open             neither
-- `waited` is the time in milliseconds from the first telling to the referral, or to the decision where there is none; null where
-- either is coarser than an hour. `against_waited` is that to the first decision against it, whatever came after.
CREATE OR REPLACE VIEW referral_waits{on_cluster} AS
SELECT
    t.case_id AS case_id,
    t.filed_at AS school,
    t.told_date AS told_date,
    t.told_earliest AS told_earliest,
    d.first_behaviour AS first_behaviour,
    d.behaviours AS behaviours,
    d.significant AS significant,
    r.step_date AS referred_date,
    r.case_id = t.case_id AS has_referral,
    a.case_id = t.case_id AS has_against,
    t.told_precision IN ('minute', 'hour') AND r.step_precision IN ('minute', 'hour') AS referral_timed,
    multiIf(
        has_referral AND if(referral_timed, r.step_earliest < t.told_earliest, r.step_date < t.told_date), 'before',
        has_referral AND has_against AND a.step_earliest < r.step_earliest, 'reversed',
        has_referral, 'referred',
        has_against, 'decided-against',
        'open'
    ) AS outcome,
    multiIf(
        outcome IN ('referred', 'reversed') AND referral_timed, r.step_earliest - t.told_earliest,
        outcome = 'decided-against' AND t.told_precision IN ('minute', 'hour') AND a.step_precision IN ('minute', 'hour'),
        a.step_earliest - t.told_earliest,
        NULL
    ) AS waited,
    t.told_precision IN ('minute', 'hour') AS told_timed,
    if(has_against AND told_timed AND a.step_precision IN ('minute', 'hour'), greatest(0, a.step_earliest - t.told_earliest), NULL) AS against_waited
FROM told(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t
INNER JOIN
(
    SELECT
        i.case_id AS case_id,
        any(f.first_behaviour) AS first_behaviour,
        groupUniqArrayArray(i.behaviours) AS behaviours,
        max(i.harm = 'significant') AS significant
    FROM incidents(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS i
    INNER JOIN
    (
        -- As first recorded: what the first incident's first event said, whatever was corrected later.
        SELECT stream, argMin(behaviour, (place, revision)) AS first_behaviour
        FROM ledger
        WHERE school IN {schools:Array(UUID)} AND kind = 'incident-recorded' AND position <= {position:UInt64}
            {one_server}-- By the order of the ledger's key: a few cases are found without reading their school.
            {one_server}AND toUInt8(bitShiftRight(toUInt128(stream), 120)) IN
            {one_server}(
            {one_server}    SELECT DISTINCT toUInt8(bitShiftRight(toUInt128(case_id), 120))
            {one_server}    FROM told(schools = {schools:Array(UUID)}, position = {position:UInt64})
            {one_server})
        GROUP BY stream
    ) AS f ON f.stream = i.case_id
    WHERE i.counted
    GROUP BY i.case_id
) AS d ON d.case_id = t.case_id
LEFT JOIN
(
    SELECT * FROM steps(schools = {schools:Array(UUID)}, position = {position:UInt64}) WHERE step = 'referred'
) AS r ON r.case_id = t.case_id
LEFT JOIN
(
    SELECT * FROM steps(schools = {schools:Array(UUID)}, position = {position:UInt64}) WHERE step = 'decided-against'
) AS a ON a.case_id = t.case_id
