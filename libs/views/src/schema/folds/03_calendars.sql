-- What each school has said of its terms, and the bank holidays. A day is a school day where it is a weekday, no bank holiday, no
-- closed day, and within a term of a school year whose terms are set; where they are not set, any weekday but bank holidays.
CREATE OR REPLACE VIEW calendars{on_cluster} AS
SELECT
    school,
    groupUniqArrayIf(school_year, code = 'term') AS years,
    groupUniqArrayIf((assumeNotNull(from_date), assumeNotNull(to_date)), code = 'term') AS terms,
    groupUniqArrayArray(days) AS closed
FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
WHERE kind = 'terms-set'
GROUP BY school
