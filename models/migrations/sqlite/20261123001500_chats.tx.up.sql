-- A conversation with the assistant, of a person or, for a day, of a browser.
CREATE TABLE chats (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id    BIGINT REFERENCES users (id),
    visitor    TEXT,                  -- SHA-256 of the random key in the browser's cookie; null for a person
    open_key   TEXT NOT NULL UNIQUE, -- of the owner and the form that began it; a second press begins nothing
    title      TEXT NOT NULL,         -- the first question, shortened
    summary    TEXT NOT NULL,         -- of the messages up to summed_id; '' for none
    summed_id  BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CHECK ((user_id IS NULL) <> (visitor IS NULL))
);
CREATE INDEX chats_user ON chats (user_id, updated_at);
CREATE INDEX chats_visitor ON chats (visitor, updated_at);

-- A question with its answer.
CREATE TABLE chat_messages (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id     BIGINT NOT NULL REFERENCES chats (id),
    submit_key  TEXT NOT NULL,        -- of the form; a second press asks nothing new
    question    TEXT NOT NULL,
    answer      TEXT NOT NULL,        -- Markdown, as the model wrote it
    state       TEXT NOT NULL CHECK (state IN ('running', 'whole', 'stopped', 'failed')),
    failure     TEXT NOT NULL,        -- sentence for the person when it failed
    links       TEXT NOT NULL,        -- local paths that the tools returned, one a line
    prices      TEXT NOT NULL,        -- figures that the tools or the person named, separated by spaces
    tokens      BIGINT NOT NULL,
    draft       TEXT NOT NULL,        -- advert that the model prepared, JSON; empty for none
    feedback    BIGINT NOT NULL,      -- 1 good, -1 bad, 0 none
    created_at  TIMESTAMP NOT NULL,
    UNIQUE (chat_id, submit_key)
);

-- What the assistant cost a day: questions of a person or an address, tokens of the whole site.
CREATE TABLE chat_usage (
    day       TEXT NOT NULL,          -- "2026-11-23", in Bucharest
    who       TEXT NOT NULL,          -- "user 7", "address …" (hashed), "site"
    questions BIGINT NOT NULL,
    tokens    BIGINT NOT NULL,
    PRIMARY KEY (day, who)
);
