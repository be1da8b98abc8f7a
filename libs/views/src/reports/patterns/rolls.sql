-- report: patterns, rolls
SELECT
    toString(school) AS school,
    school_year,
    d.1 AS dimension,
    d.2 AS value,
    sum(pupil_terms) AS pupil_terms,
    sum(elsewhere_terms) AS elsewhere_terms,
    any(terms) AS terms
FROM rolls(schools = {schools:Array(UUID)}, position = {position:UInt64})
ARRAY JOIN [('all', 'all'), ('sex', toString(sex)), ('sen-provision', toString(sen)), ('year-group', toString(year_group))] AS d
GROUP BY school, school_year, dimension, value
ORDER BY school, school_year, dimension, value
