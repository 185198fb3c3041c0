-- What people write to those who look after the market.
CREATE TABLE contact_messages (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id    BIGINT REFERENCES users (id), -- null for visitors
    name       TEXT NOT NULL,                -- may be ''
    email      TEXT NOT NULL,                -- where the answer goes
    body       TEXT NOT NULL,                -- plain text
    digest     TEXT NOT NULL UNIQUE,         -- of the address, the text and the day: a second submit changes nothing
    created_at TIMESTAMP NOT NULL,
    done_at    TIMESTAMP                     -- when a moderator was done with it; null while it waits
);
CREATE INDEX contact_messages_waiting ON contact_messages (id) WHERE done_at IS NULL;
CREATE INDEX contact_messages_created ON contact_messages (created_at);
CREATE INDEX contact_messages_user ON contact_messages (user_id);
