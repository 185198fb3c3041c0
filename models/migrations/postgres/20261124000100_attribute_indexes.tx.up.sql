-- The full-text index answers for attributes; nothing asks by their values any more.
DROP INDEX listing_attributes_text;
DROP INDEX listing_attributes_number;
