CREATE TABLE favorites (
    user_id    BIGINT NOT NULL REFERENCES users (id),
    listing_id BIGINT NOT NULL REFERENCES listings (id),
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, listing_id)
);
CREATE INDEX favorites_newest ON favorites (user_id, created_at DESC, listing_id DESC);
CREATE INDEX favorites_listing ON favorites (listing_id);
