-- The read models. All of it can be built again from the events; nothing here decides about money.

-- Where each projection stands, and what else Axon keeps through JPA.
create table views.token_entry (
    processor_name varchar(255) not null,
    segment        integer      not null,
    token          bytea,
    token_type     varchar(255),
    timestamp      varchar(255) not null,
    owner          varchar(255),
    primary key (processor_name, segment)
);

create table views.saga_entry (
    saga_id         varchar(255) not null primary key,
    saga_type       varchar(255),
    revision        varchar(255),
    serialized_saga bytea
);

create sequence views.association_value_entry_seq increment by 50;

create table views.association_value_entry (
    id                bigint       not null primary key,
    association_key   varchar(255) not null,
    association_value varchar(255),
    saga_id           varchar(255) not null,
    saga_type         varchar(255)
);
create index association_value_entry_found on views.association_value_entry (saga_type, association_key, association_value);
create index association_value_entry_saga on views.association_value_entry (saga_id, saga_type);

create table views.dead_letter_entry (
    dead_letter_id       varchar(255) not null primary key,
    processing_group     varchar(255) not null,
    sequence_identifier  varchar(255) not null,
    sequence_index       bigint       not null,
    message_type         varchar(255) not null,
    event_identifier     varchar(255) not null,
    time_stamp           varchar(255) not null,
    payload_type         varchar(255) not null,
    payload_revision     varchar(255),
    payload              bytea        not null,
    meta_data            bytea,
    type                 varchar(255),
    aggregate_identifier varchar(255),
    sequence_number      bigint,
    token_type           varchar(255),
    token                bytea,
    enqueued_at          timestamptz  not null,
    last_touched         timestamptz,
    processing_started   timestamptz,
    cause_type           varchar(255),
    cause_message        varchar(1023),
    diagnostics          bytea,
    constraint dead_letter_entry_sequence unique (processing_group, sequence_identifier, sequence_index)
);

-- directory: users, keys, channels, options and prices. Names stand in clear here, and only here.
create table views.user_profile (
    id                 bigint      not null primary key,
    username           text        not null,
    canonical          text        not null,
    display_name       text        not null,
    role               smallint    not null,
    status             smallint    not null,
    user_group         text        not null,
    remark             text        not null,
    password_hash      text,
    access_fingerprint text,
    created_at         timestamptz not null,
    last_sign_in_at    timestamptz
);

create table views.token (
    id                bigint      not null primary key,
    owner             bigint      not null,
    fingerprint       text        not null,
    sealed_key        text        not null,
    hint              text        not null,
    name              text        not null,
    expires_at        timestamptz,
    remaining         bigint,
    models_limited    boolean     not null,
    models            text[]      not null,
    addresses         text[]      not null,
    token_group       text        not null,
    cross_group_retry boolean     not null,
    enabled           boolean     not null,
    deleted           boolean     not null,
    created_at        timestamptz not null
);

create table views.channel (
    id            bigint      not null primary key,
    type          integer     not null,
    name          text        not null,
    base_url      text        not null,
    models        text[]      not null,
    groups        text[]      not null,
    priority      bigint      not null,
    terms         text        not null,
    sealed_key    text        not null,
    status        smallint    not null,
    status_reason text        not null,
    deleted       boolean     not null,
    created_at    timestamptz not null,
    tested_at     timestamptz,
    test_passed   boolean     not null,
    test_millis   bigint      not null
);

create table views.option (
    key    varchar not null primary key,
    value  text,
    sealed text
);

create table views.price_version (
    version      bigint      not null primary key,
    document     text        not null,
    hash         text        not null,
    note         text        not null,
    published_at timestamptz not null
);

-- balance: what accounts, keys and channels have, hold and have used. Updated in place all day, so pages keep room.
create table views.balance (
    account   bigint not null primary key,
    available bigint not null,
    held      bigint not null,
    used      bigint not null,
    overdraft bigint not null,
    calls     bigint not null
);

create table views.token_spend (
    token        bigint not null primary key,
    remaining    bigint,
    held         bigint not null,
    used         bigint not null,
    calls        bigint not null,
    last_used_at timestamptz
);

create table views.channel_used (
    channel bigint not null primary key,
    used    bigint not null,
    calls   bigint not null
);

create table views.expiring_lot (
    account    bigint      not null,
    lot        varchar     not null,
    remaining  bigint      not null,
    expires_at timestamptz not null,
    primary key (account, lot)
);

-- holds: calls that are under way, and calls whose end nobody saw.
create table views.open_hold (
    hold      varchar     not null primary key,
    account   bigint      not null,
    user_id   bigint      not null,
    token     bigint      not null,
    model     text        not null,
    channel   bigint      not null,
    amount    bigint      not null,
    node      text        not null,
    held_at   timestamptz not null,
    lease_end timestamptz not null
);

create table views.unresolved_call (
    hold        varchar     not null primary key,
    account     bigint      not null,
    user_id     bigint      not null,
    token       bigint      not null,
    model       text        not null,
    amount      bigint      not null,
    attempts    text        not null,
    released_at timestamptz not null
);

-- statistics: sums per hour.
create table views.hourly_usage (
    hour        timestamptz not null,
    user_id     bigint      not null,
    token       bigint      not null,
    channel     bigint      not null,
    model       varchar     not null,
    model_group varchar     not null,
    calls       bigint      not null,
    tokens      bigint      not null,
    quota       bigint      not null,
    primary key (hour, user_id, token, channel, model, model_group)
);

-- usage-log: one row per call and per act worth telling. Months are made as they are needed.
create table views.usage_log (
    position          bigint      not null,
    at                timestamptz not null,
    kind              smallint    not null,
    user_id           bigint      not null,
    token             bigint      not null,
    channel           bigint      not null,
    quota             bigint      not null,
    price_version     bigint      not null,
    prompt_tokens     integer     not null,
    completion_tokens integer     not null,
    first_byte_millis integer     not null,
    total_millis      integer     not null,
    stream            boolean     not null,
    model             text        not null,
    model_group       text        not null,
    provenance        text        not null,
    request           text        not null,
    upstream_request  text,
    meters            text        not null,
    attempts          text        not null,
    content           text        not null,
    operation         text,
    primary key (position, at)
)
-- [jooq ignore start]
partition by range (at)
-- [jooq ignore stop]
;

-- [jooq ignore start]
alter table views.balance set (fillfactor = 70);
alter table views.token_spend set (fillfactor = 70);
alter table views.hourly_usage set (fillfactor = 80);
create index user_profile_canonical on views.user_profile (canonical);
create index user_profile_access on views.user_profile (access_fingerprint) where access_fingerprint is not null;
create index token_owner on views.token (owner, id);
create index token_fingerprint on views.token (fingerprint);
create index channel_models on views.channel using gin (models);
create index expiring_lot_due on views.expiring_lot (expires_at) where remaining > 0;
create index usage_log_user on views.usage_log (user_id, position);
-- [jooq ignore stop]
