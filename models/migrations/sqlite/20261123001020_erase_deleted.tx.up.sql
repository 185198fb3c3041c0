-- Deleted listings whose text is still to be erased.
CREATE INDEX listings_to_erase ON listings (closed_at) WHERE status = 'deleted' AND title <> '';
