-- School days are counted from here: more than a year before anything these schools have recorded happened.
SELECT toString(greatest(toDate32('2000-01-01'), if(count() = 0, toDate32('2000-01-01'), min(occurred_date)) - 400)) AS first_day
FROM ledger
WHERE school IN {scope:Array(UUID)}
