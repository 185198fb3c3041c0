-- How much of a limit is used up, for all machines: when the bucket of the key will be full again. Nothing is lost with the rows but the counting.
CREATE TABLE rate_limits (
    key     TEXT PRIMARY KEY,  -- 'messages user 7'
    full_at BIGINT NOT NULL    -- microseconds since 1970
) WITHOUT ROWID;
CREATE INDEX rate_limits_full_at ON rate_limits (full_at);
