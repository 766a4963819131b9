-- statistics: the same sums for everybody together. Questions about a site's month would otherwise add up each user's and key's hours,
-- which are nearly as many as the calls themselves. Of grain 1 are sums by model alone, whose channel is 0 and whose group is empty; of
-- grain 2 those by channel, model and group.
create table views.hourly_total (
    grain       smallint    not null,
    hour        timestamptz not null,
    channel     bigint      not null,
    model       varchar     not null,
    model_group varchar     not null,
    calls       bigint      not null,
    calls_2     bigint      not null,
    calls_3     bigint      not null,
    calls_4     bigint      not null,
    tokens      bigint      not null,
    tokens_2    bigint      not null,
    tokens_3    bigint      not null,
    tokens_4    bigint      not null,
    tokens_in   bigint      not null,
    tokens_in_2 bigint      not null,
    tokens_in_3 bigint      not null,
    tokens_in_4 bigint      not null,
    quota       bigint      not null,
    quota_2     bigint      not null,
    quota_3     bigint      not null,
    quota_4     bigint      not null,
    primary key (grain, hour, channel, model, model_group)
);
truncate table views.hourly_usage;
truncate table views.margin;
delete from views.token_entry where processor_name = 'statistics';

-- [jooq ignore start]
alter table views.hourly_total set (fillfactor = 80);
-- [jooq ignore stop]
