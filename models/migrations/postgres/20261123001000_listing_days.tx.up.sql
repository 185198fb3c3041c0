-- How often a listing was looked at and saved, for its owner. Nothing says by whom.
CREATE TABLE listing_days (
    listing_id BIGINT NOT NULL REFERENCES listings (id),
    day        TEXT NOT NULL,   -- in Romania, '2026-11-23'
    views      BIGINT NOT NULL, -- each visitor counts once a day
    favorites  BIGINT NOT NULL, -- saved that day and not forgotten since
    PRIMARY KEY (listing_id, day)
);
CREATE INDEX listing_days_day ON listing_days (day);
