-- What open pages of a person are to be told, numbered for each person without gaps in the order of commits. Written in the transaction
-- that makes it true, so that no end of a process loses it.
CREATE TABLE user_events (
    user_id         BIGINT NOT NULL REFERENCES users (id),
    seq             BIGINT NOT NULL, -- 1, 2, 3 …
    kind            TEXT NOT NULL CHECK (kind IN ('message', 'seen', 'read')),
    conversation_id BIGINT NOT NULL,
    message_id      BIGINT NOT NULL, -- new or changed; of 'seen' and 'read' the newest one seen
    created_at      TIMESTAMP NOT NULL,
    PRIMARY KEY (user_id, seq)
) WITHOUT ROWID;
CREATE INDEX user_events_created ON user_events (created_at);

-- The last number given out; whoever writes an event holds the row until the commit.
CREATE TABLE user_event_heads (
    user_id   BIGINT PRIMARY KEY REFERENCES users (id),
    last      BIGINT NOT NULL,
    online_at TIMESTAMP -- when the person last had a page open
);
