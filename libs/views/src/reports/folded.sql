-- Grows whenever something is folded that an answer about these schools rests on, as far as the facts go.
SELECT max(generation) AS folded FROM fresh WHERE kept IN {facts:Array(String)} AND school IN {schools:Array(UUID)} AND position <= {position:UInt64}
