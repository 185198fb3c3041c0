-- What Clerk says of a user beyond the name, and the end of an account. A deleted row stays as a tombstone: without it a late event or a
-- token that has not run out would bring the account back.
ALTER TABLE users ADD COLUMN role TEXT NOT NULL DEFAULT '';                                  -- 'moderator' or ''
ALTER TABLE users ADD COLUMN banned BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE users ADD COLUMN synced_at TIMESTAMPTZ NOT NULL DEFAULT '1970-01-01 00:00:00+00:00'; -- when Clerk was last asked, or asking was begun
ALTER TABLE users ADD COLUMN deleted_at TIMESTAMPTZ;                                          -- null for living accounts
ALTER TABLE users ADD COLUMN due_at_clerk BOOLEAN NOT NULL DEFAULT FALSE;                    -- deleted here, still to be deleted at Clerk
CREATE INDEX users_due_at_clerk ON users (id) WHERE due_at_clerk;

-- Webhook events taken in the last week; one that comes again changes nothing.
CREATE TABLE webhook_events (
    id          TEXT PRIMARY KEY, -- svix-id
    received_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX webhook_events_received ON webhook_events (received_at);
