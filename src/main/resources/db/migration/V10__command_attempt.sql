-- How many processes have begun with a command and did not end it. Only commands are here that were left on the
-- queue by a process that is gone; a row goes when its command is applied.
create table command_attempt (
    command_id uuid        primary key,
    processes  int         not null default 1,
    at         timestamptz not null default now()
);
