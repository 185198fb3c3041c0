-- Sessions of Clerk's that ended before their tokens did, so that each machine refuses them; forgotten after a day.
CREATE TABLE ended_sessions (
    id       TEXT PRIMARY KEY, -- "sess_…"
    ended_at TIMESTAMP NOT NULL
);
CREATE INDEX ended_sessions_ended ON ended_sessions (ended_at);
