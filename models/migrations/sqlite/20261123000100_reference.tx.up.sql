-- Reference data, loaded from the embedded CSV files at start.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY, -- e.g. 'reference_hash'
    value TEXT NOT NULL
);
CREATE TABLE counties (
    code       TEXT PRIMARY KEY, -- 'CJ'; 'B' is Bucharest
    name       TEXT NOT NULL,
    slug       TEXT NOT NULL UNIQUE,
    seat       TEXT NOT NULL,
    lat        DOUBLE PRECISION NOT NULL,
    lon        DOUBLE PRECISION NOT NULL,
    population BIGINT NOT NULL
);
CREATE TABLE localities (
    siruta      BIGINT PRIMARY KEY, -- official unit code
    name        TEXT NOT NULL,
    slug        TEXT NOT NULL UNIQUE,
    county_code TEXT NOT NULL REFERENCES counties (code),
    kind        TEXT NOT NULL CHECK (kind IN ('municipiu', 'oraș', 'comună', 'sector')),
    lat         DOUBLE PRECISION NOT NULL,
    lon         DOUBLE PRECISION NOT NULL,
    population  BIGINT NOT NULL
);
CREATE TABLE categories (
    id        INTEGER PRIMARY KEY,
    slug      TEXT NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    parent_id BIGINT REFERENCES categories (id), -- null for a top category
    icon      TEXT NOT NULL,                     -- Lucide name
    position  BIGINT NOT NULL
);
CREATE TABLE category_attributes (
    category_id BIGINT NOT NULL REFERENCES categories (id),
    key         TEXT NOT NULL, -- 'marca'
    label       TEXT NOT NULL, -- 'Marcă'
    kind        TEXT NOT NULL CHECK (kind IN ('text', 'number', 'select', 'bool')),
    unit        TEXT NOT NULL, -- 'km' or ''
    options     TEXT NOT NULL, -- 'Benzină|Diesel' for select
    required    BOOLEAN NOT NULL,
    filter      BOOLEAN NOT NULL,
    position    BIGINT NOT NULL,
    PRIMARY KEY (category_id, key)
);
