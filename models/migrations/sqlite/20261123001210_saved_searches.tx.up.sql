CREATE TABLE saved_searches (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id    BIGINT NOT NULL REFERENCES users (id),
    name       TEXT NOT NULL,        -- 'golf 7 în Cluj'
    query      TEXT NOT NULL,        -- of its results page, without the order: 'judet=CJ&q=golf+7'
    frequency  TEXT NOT NULL CHECK (frequency IN ('never', 'daily', 'at_once')), -- of e-mails
    stop_token TEXT NOT NULL UNIQUE, -- ends the e-mails without signing in
    filed_as   BIGINT NOT NULL,      -- which program wrote its keys; an older one's are written anew
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (user_id, query)
);
CREATE INDEX saved_searches_filed ON saved_searches (filed_as);

-- Where a new listing finds the searches that it may answer. A search stands under few keys of its rarest part: every listing that answers
-- it carries one of them.
CREATE TABLE saved_search_keys (
    key         TEXT NOT NULL,   -- wgolf (word), pgol (beginning), oa1b2 (option), c12jCJ (category and county), …
    search_id   BIGINT NOT NULL REFERENCES saved_searches (id),
    category_id BIGINT NOT NULL, -- top or leaf; 0 for any
    price_min   BIGINT,          -- comparable, in bani
    price_max   BIGINT,
    PRIMARY KEY (key, search_id)
) WITHOUT ROWID;
CREATE INDEX saved_search_keys_search ON saved_search_keys (search_id);

-- Each listing that a search found after it was saved, once for good.
CREATE TABLE saved_search_matches (
    search_id  BIGINT NOT NULL REFERENCES saved_searches (id),
    listing_id BIGINT NOT NULL REFERENCES listings (id),
    matched_at TIMESTAMP NOT NULL,
    seen_at    TIMESTAMP,        -- in the account; null until then
    mail_due   BOOLEAN NOT NULL, -- an e-mail has still to tell it
    mail_batch BIGINT,           -- the e-mail that does or did; null for none
    PRIMARY KEY (search_id, listing_id)
) WITHOUT ROWID;
CREATE INDEX saved_search_matches_latest ON saved_search_matches (search_id, matched_at DESC, listing_id DESC);
CREATE INDEX saved_search_matches_unseen ON saved_search_matches (search_id) WHERE seen_at IS NULL;
CREATE INDEX saved_search_matches_due ON saved_search_matches (search_id) WHERE mail_due;
CREATE INDEX saved_search_matches_batch ON saved_search_matches (mail_batch) WHERE mail_due;
CREATE INDEX saved_search_matches_listing ON saved_search_matches (listing_id);

-- Unguessable addresses of a person.
CREATE TABLE alert_addresses (
    user_id    BIGINT PRIMARY KEY REFERENCES users (id),
    feed_token TEXT NOT NULL UNIQUE, -- shows the matches of all saved searches
    stop_token TEXT NOT NULL UNIQUE  -- ends the e-mails of all saved searches
);

-- The number of the last e-mail about matches.
CREATE TABLE alert_mails (
    last BIGINT NOT NULL
);
INSERT INTO alert_mails (last) VALUES (0);
