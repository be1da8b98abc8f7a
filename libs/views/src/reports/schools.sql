-- Schools registered after {since}, and how far the ledger goes. The schools up to there are known by then: a school stays registered.
SELECT
    toInt64((SELECT if(count() = 0, -1, min(upto)) FROM (SELECT max(position) AS upto FROM progress GROUP BY partition))) AS upto,
    arraySort(groupUniqArray(toString(school))) AS registered
FROM ledger
WHERE kind = 'school-registered' AND position > {since:Int64}
