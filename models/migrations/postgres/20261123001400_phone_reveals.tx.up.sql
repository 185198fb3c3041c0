-- Who asked for the phone number of a listing's seller; each person counts once.
CREATE TABLE phone_reveals (
    listing_id  BIGINT NOT NULL REFERENCES listings (id),
    viewer_id   BIGINT NOT NULL REFERENCES users (id),
    revealed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (listing_id, viewer_id)
);
CREATE INDEX phone_reveals_viewer ON phone_reveals (viewer_id);
