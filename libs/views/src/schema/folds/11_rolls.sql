-- The roll of each school in each school year, by group: the mean of the termly census head-counts, as a sum of pupils and the
-- number of terms counted. `elsewhere` are those counted on the roll of another school of the trust too.
CREATE OR REPLACE VIEW rolls AS
SELECT r.school AS school, r.school_year AS school_year, r.sex AS sex, r.year_group AS year_group, r.sen AS sen,
    r.pupil_terms AS pupil_terms, r.elsewhere_terms AS elsewhere_terms, t.terms AS terms
FROM
(
    SELECT school, school_year, sex, year_group, sen, sum(pupils) AS pupil_terms, sum(dual_elsewhere) AS elsewhere_terms
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind = 'roll-counted'
    GROUP BY school, school_year, sex, year_group, sen
) AS r
INNER JOIN
(
    SELECT school, school_year, uniqExact(term) AS terms
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind = 'roll-counted'
    GROUP BY school, school_year
) AS t ON t.school = r.school AND t.school_year = r.school_year
