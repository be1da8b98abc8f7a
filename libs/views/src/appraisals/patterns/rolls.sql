-- appraisal: patterns, pupils on the roll of each school by school year and one characteristic: the mean of the year's termly counts
SELECT
    toString(school) AS school,
    school_year,
    d.1 AS dimension,
    d.2 AS value,
    sum(pupil_terms) AS pupil_terms,
    any(terms) AS terms
FROM rolls(schools = {schools:Array(UUID)}, position = {position:UInt64})
ARRAY JOIN [
    ('sex', toString(sex)),
    ('sen-provision', multiIf(sen = 'N', 'no-sen', sen IN ('K', 'E'), 'sen', 'unknown')),
    ('year-group', toString(year_group))
] AS d
GROUP BY school, school_year, dimension, value
ORDER BY school, school_year, dimension, value
