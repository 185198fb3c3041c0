-- Local mirror of a Clerk user, with the profile that is ours.
CREATE TABLE users (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    clerk_id         TEXT NOT NULL UNIQUE, -- 'user_…'
    username         TEXT NOT NULL UNIQUE, -- public, 'ioana-pop'
    first_name       TEXT NOT NULL,
    last_name        TEXT NOT NULL,
    email            TEXT NOT NULL,        -- not unique: people change and reuse addresses
    email_verified   BOOLEAN NOT NULL,
    image_url        TEXT NOT NULL,
    clerk_updated_at TIMESTAMP NOT NULL,   -- of the Clerk data above; older news is ignored
    name             TEXT NOT NULL,        -- shown in public, '' means first name and initial
    phone            TEXT NOT NULL,        -- '+40722123456' or ''
    locality_siruta  BIGINT REFERENCES localities (siruta),
    about            TEXT NOT NULL,
    created_at       TIMESTAMP NOT NULL,
    updated_at       TIMESTAMP NOT NULL
);
CREATE INDEX users_email ON users (email);
