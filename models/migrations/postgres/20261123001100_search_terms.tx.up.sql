-- Words of active titles, and words that several titles begin with, for corrections and suggestions. Counted anew in the background.
CREATE TABLE search_terms (
    text     TEXT PRIMARY KEY, -- 'mașină', 'golf 7'
    listings BIGINT NOT NULL   -- how many have it
);
