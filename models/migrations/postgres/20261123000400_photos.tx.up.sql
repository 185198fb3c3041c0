-- What somebody typed into the posting form and has not published yet.
CREATE TABLE form_drafts (
    id         TEXT PRIMARY KEY,              -- SHA-256 of the random key in the person's cookie
    user_id    BIGINT REFERENCES users (id),  -- null before sign-in
    fields     TEXT NOT NULL,                 -- JSON object of form fields as typed
    updated_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX form_drafts_updated ON form_drafts (updated_at);

-- A photo belongs to a draft first and to a listing afterwards.
CREATE TABLE photos (
    id         TEXT PRIMARY KEY,                    -- random
    draft_id   TEXT REFERENCES form_drafts (id),
    listing_id BIGINT REFERENCES listings (id),
    position   BIGINT NOT NULL,                     -- 0 is the cover
    hash       TEXT NOT NULL,                       -- names the stored files
    width      BIGINT NOT NULL,                     -- of the widest variant, upright
    height     BIGINT NOT NULL,
    webp       BOOLEAN NOT NULL,                    -- the WebP variants have been tried
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX photos_listing ON photos (listing_id, position);
CREATE INDEX photos_draft ON photos (draft_id, position);
CREATE INDEX photos_hash ON photos (hash);
CREATE INDEX photos_without_webp ON photos (created_at) WHERE NOT webp;
