-- report: reporting, schools
SELECT
    /*case toString(r.case_id) AS of_case, */
    toString(s.school) AS school,
    s.phase AS phase,
    if(c.how_many = 0, NULL, c.declared) AS scope,
    toInt64(c.how_many) AS behaviours_in_scope,
    r.cases AS cases,
    l.pupil_terms AS pupil_terms,
    l.terms AS terms
FROM
(
    SELECT school, argMax(code, (from_date, place)) AS phase
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind IN ('school-registered', 'school-described')
    GROUP BY school
) AS s
LEFT JOIN
(
    SELECT school, arrayStringConcat(arraySort(argMax(behaviours, (from_date, place))), ' ') AS declared, length(argMax(behaviours, (from_date, place))) AS how_many
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind = 'recording-scope-declared' AND from_date <= {to:Date32}
    GROUP BY school
) AS c ON c.school = s.school
LEFT JOIN
(
    SELECT filed_at, /*case case_id, */ uniqExact(case_id) AS cases
    FROM told(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE told_date BETWEEN {from:Date32} AND {to:Date32}
    GROUP BY filed_at /*case , case_id */
) AS r ON r.filed_at = s.school
LEFT JOIN
(
    SELECT school, sum(pupil_terms) AS pupil_terms, sum(counts) AS terms
    FROM
    (
        SELECT school, school_year, sum(pupil_terms) AS pupil_terms, any(terms) AS counts
        FROM rolls(schools = {schools:Array(UUID)}, position = {position:UInt64})
        GROUP BY school, school_year
    )
    GROUP BY school
) AS l ON l.school = s.school
ORDER BY phase, scope, school
