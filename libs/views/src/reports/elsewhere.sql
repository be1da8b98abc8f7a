-- Of each school where cases of other schools count, those schools.
SELECT toString(counts_at) AS school, groupUniqArray(toString(filed)) AS filed FROM elsewhere GROUP BY counts_at
