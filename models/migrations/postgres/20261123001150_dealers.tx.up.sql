-- People who sell as a firm say so in their profile; the filter „particular sau firmă” asks for it.
ALTER TABLE users ADD COLUMN dealer BOOLEAN NOT NULL DEFAULT FALSE;
