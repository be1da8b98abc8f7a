-- One row for each referral, with the first answer and whether it was challenged.
CREATE OR REPLACE VIEW referrals{on_cluster} AS
SELECT
    r.case_id AS case_id,
    r.school AS school,
    r.referral AS referral,
    r.agency AS agency,
    r.agencies AS agencies,
    r.occurred_date AS made_date,
    r.earliest AS made_earliest,
    r.latest AS made_latest,
    r.precision AS made_precision,
    a.answers > 0 AS answered,
    a.first_answer AS first_answer,
    a.first_answered AS first_answered,
    a.first_precision AS first_precision,
    a.challenges > 0 AS challenged,
    a.last_answer AS last_answer
FROM
(
    SELECT stream AS case_id, school, thing AS referral, agency, agencies, occurred_date, earliest, latest, precision
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind = 'referral-made'
) AS r
LEFT JOIN
(
    SELECT
        thing,
        countIf(kind != 'referral-challenged') AS answers,
        countIf(kind = 'referral-challenged') AS challenges,
        argMinIf(code, place, kind = 'referral-answered') AS first_answer,
        argMinIf(earliest, place, kind = 'referral-answered') AS first_answered,
        argMinIf(precision, place, kind = 'referral-answered') AS first_precision,
        argMaxIf(code, place, kind != 'referral-challenged') AS last_answer
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind IN ('referral-answered', 'referral-challenged', 'challenge-answered')
    GROUP BY thing
) AS a ON a.thing = r.referral
