-- directory: what providers take, in versions as what customers pay.
create table views.buy_price_version (
    version        bigint      not null primary key,
    document       text        not null,
    hash           text        not null,
    note           text        not null,
    published_at   timestamptz not null,
    effective_from timestamptz not null
);

-- statistics: what calls earned and cost, per quarter of an hour. Charges stand at the channel that answered, costs at the one
-- that took them, in billionths of a US dollar. The read model begins anew, so that calls of before stand here as of unknown cost.
create table views.margin (
    quarter       timestamptz not null,
    user_id       bigint      not null,
    channel       bigint      not null,
    model         varchar     not null,
    model_group   varchar     not null,
    calls         bigint      not null,
    quota         bigint      not null,
    cost          bigint      not null,
    unknown_calls bigint      not null,
    unknown_quota bigint      not null,
    primary key (quarter, user_id, channel, model, model_group)
);
truncate table views.hourly_usage;
delete from views.token_entry where processor_name = 'statistics';

-- directory: where money was lost, once a day for each channel and model.
create table views.margin_alarm (
    day         date        not null,
    channel     bigint      not null,
    model       varchar     not null,
    quota       bigint      not null,
    cost        bigint      not null,
    threshold   bigint      not null,
    raised_at   timestamptz not null,
    primary key (day, channel, model)
);

-- [jooq ignore start]
alter table views.margin set (fillfactor = 80);
create index buy_price_version_effective on views.buy_price_version (effective_from desc, version desc);
-- [jooq ignore stop]
