-- directory: what providers have told of channels' accounts. No event of this kind is older than the table.
create table views.channel_upstream (
    channel        bigint    not null primary key,
    balance        numeric(36, 18),
    currency       text,
    balance_at     timestamptz,
    models_added   varchar[] not null default '{}',
    models_removed varchar[] not null default '{}',
    compared_at    timestamptz
);

-- directory: what has happened to channels by itself. The newest are kept; the past is not fetched, for nobody waits for it.
create table views.channel_incident (
    position bigint      not null primary key,
    channel  bigint      not null,
    kind     varchar     not null,
    key      varchar,
    why      text        not null,
    at       timestamptz not null
);
