-- Each attempt to publish events has a number. That of the last success is in the feed, so that the next one knows whether
-- another one has failed in between.
create sequence publish_attempt;
alter table feed add column attempt bigint not null default 0;
