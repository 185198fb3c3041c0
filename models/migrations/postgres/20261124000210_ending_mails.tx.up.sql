-- People who were told by e-mail that adverts of theirs end soon, or do not want to be.
CREATE TABLE ending_mails (
    user_id    BIGINT PRIMARY KEY REFERENCES users (id),
    stop_token TEXT NOT NULL UNIQUE, -- ends these e-mails without signing in
    stopped    BOOLEAN NOT NULL
);
-- How far owners are told: the beginning of the day on which their adverts end and the last owner, '1795730400 17'; -1 for all of them.
INSERT INTO settings (name, value) VALUES ('endings_told', '');
