-- statistics: how many of the tokens came in, per quarter of an hour as the other figures, and a user's own hours by index.
-- The read model begins anew to know it of past hours too.
truncate table views.hourly_usage;
alter table views.hourly_usage add column tokens_in bigint not null;
alter table views.hourly_usage add column tokens_in_2 bigint not null;
alter table views.hourly_usage add column tokens_in_3 bigint not null;
alter table views.hourly_usage add column tokens_in_4 bigint not null;
delete from views.token_entry where processor_name = 'statistics';

-- [jooq ignore start]
-- A user's month would otherwise be looked for among everybody's.
create index hourly_usage_user on views.hourly_usage (user_id, hour);
-- [jooq ignore stop]
