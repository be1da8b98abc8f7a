-- What every event says, one row or more for each. Written once, never updated: a duplicate replaces itself, and the order
-- of arrival does not matter. The meaning of a kind of row is in the folds, not here.
CREATE TABLE ledger{on_cluster}
(
    school UUID,
    kind LowCardinality(String),
    stream UUID,
    revision UInt32,
    ordinal UInt16,
    event UUID,
    fact UUID,
    place UInt32,
    supersedes UUID,
    position UInt64,
    recorded Int64,
    source_recorded Nullable(Int64),
    occurred_date Date32,
    minute Int16 DEFAULT -1,
    precision LowCardinality(String),
    earliest Int64,
    latest Int64,

    incident UUID,
    child UUID,
    other_child UUID,
    at_school UUID,
    on_roll UUID,
    about_case UUID,
    place_id UUID,
    thing UUID,
    lesson UUID,
    children Array(UUID),
    incidents Array(UUID),
    places Array(UUID),

    setting LowCardinality(String),
    location_kind LowCardinality(String),
    slot LowCardinality(String),
    mode LowCardinality(String),
    behaviour LowCardinality(String),
    behaviours Array(LowCardinality(String)),
    grounds Array(LowCardinality(String)),
    harm LowCardinality(String),
    open_to_view LowCardinality(String),
    observed LowCardinality(String),
    supervised LowCardinality(String),
    should_be_supervised LowCardinality(String),
    camera LowCardinality(String),
    capacity Int32 DEFAULT -1,

    role LowCardinality(String),
    sex LowCardinality(String),
    year_group LowCardinality(String),
    age Int16 DEFAULT -1,
    sen LowCardinality(String),
    need LowCardinality(String),
    ethnicity LowCardinality(String),
    vulnerabilities Array(LowCardinality(String)),

    code LowCardinality(String),
    codes Array(LowCardinality(String)),
    slots Array(LowCardinality(String)),
    agency LowCardinality(String),
    agencies Array(LowCardinality(String)),
    tier UInt8,
    number Int32,
    flag Int8 DEFAULT -1,
    due Nullable(Date32),
    from_date Nullable(Date32),
    to_date Nullable(Date32),
    minute_from Int16 DEFAULT -1,
    minute_to Int16 DEFAULT -1,
    weekdays Array(UInt8),
    days Array(Date32),
    school_year LowCardinality(String),
    term LowCardinality(String),
    pupils Int32,
    dual_elsewhere Int32,

    mapping UInt16,

    -- What came last is spread over all schools.
    INDEX by_position position TYPE minmax GRANULARITY 1
)
ENGINE = {engine:ReplacingMergeTree(mapping) by school}
-- The stream comes early, so that one case is found among millions; its first byte, the bucket, so that a part of a school is one place.
ORDER BY (school, toUInt8(bitShiftRight(toUInt128(stream), 120)), stream, revision, kind, ordinal)
-- A part of a school is a few hundred rows: small steps and small blocks, so that reading one reads little else.
SETTINGS index_granularity = 512, min_compress_block_size = 8192
