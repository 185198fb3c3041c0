-- Everything that decides whether a listing answers a saved search stands beside its key. Searches are filed anew before the next match;
-- until then these are empty.
ALTER TABLE saved_search_keys ADD COLUMN user_id BIGINT NOT NULL DEFAULT 0;  -- whose search it is
ALTER TABLE saved_search_keys ADD COLUMN saved_at BIGINT NOT NULL DEFAULT 0; -- microseconds since 1970
ALTER TABLE saved_search_keys ADD COLUMN terms TEXT NOT NULL DEFAULT '';     -- what it asks for besides category and price: 'wgolf jCJ'
