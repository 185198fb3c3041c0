CREATE TABLE listings (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    owner_id        BIGINT NOT NULL REFERENCES users (id),
    category_id     BIGINT NOT NULL REFERENCES categories (id),
    top_category_id BIGINT NOT NULL REFERENCES categories (id),
    title           TEXT NOT NULL,
    slug            TEXT NOT NULL,   -- 'bicicleta-pegas'
    description     TEXT NOT NULL,   -- plain text
    price_minor     BIGINT,          -- bani or euro cents; 0 is free, null is not stated
    currency        TEXT NOT NULL CHECK (currency IN ('RON', 'EUR')),
    price_ron       BIGINT,          -- comparable price in bani at the fixed rate
    old_price_minor BIGINT,          -- before the last drop, in the same currency; null for none
    negotiable      BOOLEAN NOT NULL,
    condition       TEXT NOT NULL CHECK (condition IN ('', 'nou', 'folosit')),
    county_code     TEXT NOT NULL REFERENCES counties (code),
    locality_siruta BIGINT NOT NULL REFERENCES localities (siruta),
    status          TEXT NOT NULL CHECK (status IN ('active', 'sold', 'expired', 'deleted')),
    reserved        BOOLEAN NOT NULL,
    version         BIGINT NOT NULL, -- rises with every change of what people see
    sort_key        BIGINT NOT NULL UNIQUE, -- rises with every publish and renewal
    cover_hash      TEXT NOT NULL,   -- first photo, '' for none
    cover_width     BIGINT NOT NULL,
    cover_height    BIGINT NOT NULL,
    photo_count     BIGINT NOT NULL,
    submit_key      TEXT,            -- of the form that made it; a second submit finds it
    content_hash    TEXT NOT NULL,   -- of what was submitted; finds a second submit without a key
    published_at    TIMESTAMP NOT NULL,
    expires_at      TIMESTAMP NOT NULL,
    closed_at       TIMESTAMP,       -- sold, expired or deleted
    created_at      TIMESTAMP NOT NULL,
    updated_at      TIMESTAMP NOT NULL,
    UNIQUE (owner_id, submit_key)
);

-- Newest first, for each combination that people browse; price, version and place end the indexes so that a page of ids is read from one alone.
CREATE INDEX listings_newest ON listings (sort_key DESC, price_ron, version, locality_siruta) WHERE status = 'active';
CREATE INDEX listings_category_newest ON listings (category_id, sort_key DESC, price_ron, version, locality_siruta) WHERE status = 'active';
CREATE INDEX listings_top_newest ON listings (top_category_id, sort_key DESC, price_ron, version, locality_siruta) WHERE status = 'active';
CREATE INDEX listings_top_county_newest ON listings (top_category_id, county_code, sort_key DESC, price_ron, version) WHERE status = 'active';
CREATE INDEX listings_county_newest ON listings (county_code, sort_key DESC, price_ron, version) WHERE status = 'active';
CREATE INDEX listings_category_county_newest ON listings (category_id, county_code, sort_key DESC, price_ron, version) WHERE status = 'active';
CREATE INDEX listings_locality_newest ON listings (locality_siruta, sort_key DESC, category_id, price_ron, version) WHERE status = 'active';
-- By price.
CREATE INDEX listings_price ON listings (price_ron, id, version, top_category_id, county_code) WHERE status = 'active';
CREATE INDEX listings_top_price ON listings (top_category_id, price_ron, id, version, county_code) WHERE status = 'active';
CREATE INDEX listings_category_price ON listings (category_id, price_ron, id, version, county_code) WHERE status = 'active';
CREATE INDEX listings_category_county_price ON listings (category_id, county_code, price_ron, id, version) WHERE status = 'active';
-- Housekeeping.
CREATE INDEX listings_owner ON listings (owner_id, status, sort_key DESC);
CREATE INDEX listings_expiry ON listings (expires_at) WHERE status = 'active';

CREATE TABLE listing_attributes (
    listing_id   BIGINT NOT NULL REFERENCES listings (id),
    key          TEXT NOT NULL,   -- 'marca'
    text_value   TEXT NOT NULL,    -- option, text or 'da'; '' for a number
    match_value  TEXT NOT NULL,    -- text_value without case and diacritics
    number_value DOUBLE PRECISION, -- in the attribute's unit; null unless a number
    PRIMARY KEY (listing_id, key)
) WITHOUT ROWID;
CREATE INDEX listing_attributes_text ON listing_attributes (key, match_value, listing_id);
CREATE INDEX listing_attributes_number ON listing_attributes (key, number_value, listing_id);

CREATE TABLE price_changes (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    listing_id  BIGINT NOT NULL REFERENCES listings (id),
    price_minor BIGINT, -- from changed_at on; null is not stated
    currency    TEXT NOT NULL,
    changed_at  TIMESTAMP NOT NULL
);
CREATE INDEX price_changes_listing ON price_changes (listing_id, id);

-- The last sort key given out.
CREATE TABLE listing_sort_keys (
    last BIGINT NOT NULL
);
INSERT INTO listing_sort_keys (last) VALUES (0);

-- Words of active listings, already folded and stemmed in Go; rowid is the listing's sort key, so that newest-first needs no sort.
-- tokens holds filters as words: c12 (category), t3 (top category), jCJ (county), l54975 (locality), snou (condition), a… (hash of an attribute's key and value).
CREATE VIRTUAL TABLE listing_words USING fts5 (
    title, body, tokens,
    content = '', contentless_delete = 1, tokenize = 'ascii'
);
