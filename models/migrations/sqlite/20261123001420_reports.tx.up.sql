-- What moderators decided about something that was reported.
CREATE TABLE decisions (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    moderator_id BIGINT NOT NULL REFERENCES users (id),
    kind         TEXT NOT NULL CHECK (kind IN ('listing', 'user', 'message')),
    target_id    BIGINT NOT NULL,
    action       TEXT NOT NULL CHECK (action IN ('dismiss', 'hide', 'suspend')),
    note         TEXT NOT NULL,          -- told to the owner
    created_at   TIMESTAMP NOT NULL,
    undone_at    TIMESTAMP,              -- null while it holds
    undone_by    BIGINT REFERENCES users (id)
);

-- What people reported; each person reports a thing once.
CREATE TABLE reports (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT NOT NULL CHECK (kind IN ('listing', 'user', 'message')),
    target_id   BIGINT NOT NULL,         -- of the listing, the user or the message
    owner_id    BIGINT NOT NULL REFERENCES users (id), -- who answers for it
    reporter_id BIGINT NOT NULL REFERENCES users (id),
    reason      TEXT NOT NULL CHECK (reason IN ('spam', 'inselatorie', 'interzis', 'categorie', 'duplicat', 'altul')),
    details     TEXT NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    decision_id BIGINT REFERENCES decisions (id), -- null while it waits
    UNIQUE (kind, target_id, reporter_id)
);
CREATE INDEX reports_open ON reports (kind, target_id, created_at) WHERE decision_id IS NULL;
CREATE INDEX reports_reporter ON reports (reporter_id, id DESC);
CREATE INDEX reports_owner ON reports (owner_id);

-- The decision that hides a listing or keeps a person out; null for none.
ALTER TABLE listings ADD COLUMN blocked_by BIGINT REFERENCES decisions (id);
ALTER TABLE users ADD COLUMN suspended_by BIGINT REFERENCES decisions (id);
CREATE INDEX listings_blocked ON listings (blocked_by) WHERE blocked_by IS NOT NULL;
