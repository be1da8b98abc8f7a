-- The roll of each school in each school year, by group: the mean of the termly census head-counts, as a sum of pupils and the
-- number of terms counted. `elsewhere` are those counted on the roll of another school of the trust too.
CREATE OR REPLACE VIEW rolls{on_cluster} AS
SELECT school, school_year, sex, year_group, sen, pupil_terms, elsewhere_terms,
    toUInt64(length(groupUniqArrayArray(counted) OVER (PARTITION BY school, school_year))) AS terms
FROM
(
    SELECT school, school_year, sex, year_group, sen, sum(pupils) AS pupil_terms, sum(dual_elsewhere) AS elsewhere_terms, groupUniqArray(term) AS counted
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind = 'roll-counted'
    GROUP BY school, school_year, sex, year_group, sen
)
