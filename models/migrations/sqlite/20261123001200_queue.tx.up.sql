-- Work that is done after the request that asked for it, once or more often; a job is deleted when it is done.
CREATE TABLE jobs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL,    -- 'match listing'
    unique_key TEXT,             -- two waiting jobs of a kind never have the same; null for none
    payload    TEXT NOT NULL,    -- JSON
    requests   BIGINT NOT NULL,  -- how often it was asked for; a request while it is being done makes it be done again
    attempts   BIGINT NOT NULL,  -- how often it was begun
    run_at     TIMESTAMP NOT NULL, -- when it may be begun; while it is being done, when another may begin it instead
    failed_at  TIMESTAMP,        -- given up; kept for a while for people to look at
    last_error TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX jobs_due ON jobs (kind, run_at) WHERE failed_at IS NULL;
CREATE UNIQUE INDEX jobs_unique ON jobs (kind, unique_key) WHERE failed_at IS NULL;
CREATE INDEX jobs_failed ON jobs (failed_at) WHERE failed_at IS NOT NULL;
