-- The facts that hold: of every event up to {position}, each once, without those corrected or withdrawn by then.
-- A fact's `place` is the revision of its first event, so a correction stands where the original stood.
CREATE OR REPLACE VIEW living{on_cluster} AS
SELECT *
FROM ledger FINAL
WHERE school IN {schools:Array(UUID)}
    AND position <= {position:UInt64}
    AND kind NOT IN ('correction', 'withdrawal')
    AND event NOT IN (
        SELECT supersedes
        FROM ledger{shard}
        WHERE school IN {schools:Array(UUID)} AND kind = 'correction' AND position <= {position:UInt64}
    )
    AND fact NOT IN (
        SELECT fact
        FROM ledger{shard}
        WHERE school IN {schools:Array(UUID)} AND kind = 'withdrawal' AND position <= {position:UInt64}
        GROUP BY fact
        HAVING argMax(code, revision) = 'withdrawn'
    ){as_it_stands}
