-- Until when a receiver wants nothing at all (Retry-After).
alter table endpoint add column paused_until timestamptz;
