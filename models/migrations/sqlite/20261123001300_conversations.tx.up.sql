-- Two people talk about one listing: whoever asks and its seller.
CREATE TABLE conversations (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    listing_id BIGINT NOT NULL REFERENCES listings (id),
    buyer_id   BIGINT NOT NULL REFERENCES users (id),
    seller_id  BIGINT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    UNIQUE (listing_id, buyer_id)
);

-- A conversation as one of the two sees it. Whoever deletes the account loses the row; the other keeps theirs.
CREATE TABLE conversation_members (
    conversation_id BIGINT NOT NULL REFERENCES conversations (id),
    user_id         BIGINT NOT NULL REFERENCES users (id),
    peer_id         BIGINT NOT NULL REFERENCES users (id),
    last_id         BIGINT NOT NULL,  -- newest message; the order of the inbox
    read_id         BIGINT NOT NULL,  -- newest message that was seen
    unread          BIGINT NOT NULL,
    unread_since    TIMESTAMP,        -- of the oldest unread message; null for none
    archived        BOOLEAN NOT NULL,
    notified        BOOLEAN NOT NULL, -- a mail tells of the unread messages
    PRIMARY KEY (user_id, conversation_id)
) WITHOUT ROWID;
CREATE INDEX conversation_members_conversation ON conversation_members (conversation_id);
CREATE INDEX conversation_members_inbox ON conversation_members (user_id, archived, last_id DESC);
CREATE INDEX conversation_members_unread ON conversation_members (user_id) WHERE unread > 0;
CREATE INDEX conversation_members_unnotified ON conversation_members (unread_since) WHERE unread > 0 AND NOT notified;

CREATE TABLE messages (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id BIGINT NOT NULL REFERENCES conversations (id),
    sender_id       BIGINT REFERENCES users (id), -- null for what the site itself says
    kind            TEXT NOT NULL CHECK (kind IN ('text', 'offer', 'meeting', 'reminder')),
    state           TEXT NOT NULL CHECK (state IN ('', 'open', 'accepted', 'refused', 'countered', 'withdrawn')), -- '' except for offers and meetings
    body            TEXT NOT NULL,                -- plain text; '' with photos alone
    amount_minor    BIGINT,                       -- of an offer
    currency        TEXT NOT NULL,                -- of an offer, else ''
    place           TEXT NOT NULL,                -- of a meeting, else ''
    meet_at         TIMESTAMP,                    -- of a meeting
    reminded        BOOLEAN NOT NULL,             -- of a meeting: both were reminded
    photo_count     BIGINT NOT NULL,
    submit_key      TEXT,                         -- of the form that sent it; a second submit finds it
    created_at      TIMESTAMP NOT NULL,
    UNIQUE (sender_id, submit_key)
);
CREATE INDEX messages_conversation ON messages (conversation_id, id DESC);
CREATE UNIQUE INDEX messages_open ON messages (conversation_id, kind) WHERE state = 'open'; -- one offer and one meeting at a time
CREATE INDEX messages_meetings ON messages (meet_at) WHERE state = 'accepted' AND meet_at IS NOT NULL AND NOT reminded;

-- Pictures in messages. Their files have random names that are never told, so only their page leads to them.
CREATE TABLE message_photos (
    id         TEXT PRIMARY KEY, -- random
    message_id BIGINT NOT NULL REFERENCES messages (id),
    position   BIGINT NOT NULL,
    hash       TEXT NOT NULL,    -- names the stored files
    width      BIGINT NOT NULL,  -- of the widest variant, upright
    height     BIGINT NOT NULL
);
CREATE INDEX message_photos_message ON message_photos (message_id, position);
CREATE INDEX message_photos_hash ON message_photos (hash);

-- Who does not want to hear from whom.
CREATE TABLE blocks (
    user_id    BIGINT NOT NULL REFERENCES users (id),
    blocked_id BIGINT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (user_id, blocked_id)
) WITHOUT ROWID;
CREATE INDEX blocks_blocked ON blocks (blocked_id);
