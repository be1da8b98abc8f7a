-- A school is kept in 256 parts, its buckets, each folded again by itself: what a case changes is not the whole school.
ALTER TABLE fresh{both}{on_cluster} ADD COLUMN IF NOT EXISTS bucket UInt8 AFTER school
