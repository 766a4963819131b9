-- balance: changes of quota that need a second person, and what became of them.
create table views.adjustment (
    adjustment      varchar     not null primary key,
    account         bigint      not null,
    mode            text        not null,
    value           bigint      not null,
    lot_class       text        not null,
    price           bigint,
    currency        text,
    change          bigint      not null,
    available_then  bigint      not null,
    requested_by    bigint      not null,
    reason          text        not null,
    requested_at    timestamptz not null,
    expires_at      timestamptz not null,
    state           text        not null,
    decided_by      bigint,
    decision_reason text,
    decided_at      timestamptz,
    balance_before  bigint,
    balance_after   bigint
);

-- [jooq ignore start]
create index adjustment_waiting on views.adjustment (expires_at, adjustment) where state = 'PENDING';
create index adjustment_ended on views.adjustment (decided_at desc, adjustment) where state <> 'PENDING';
-- [jooq ignore stop]

-- usage-log: where rare values may be, block by block. A row that comes adds nothing to these: a block is summed up by the
-- database when it is full, and ten million rows have some 50 MB of sums. An index in the usual form would cost each call half of
-- what its row costs. The position is in them because it stands in order: asked together with it (LogConditions), PostgreSQL
-- expects a rare value in few blocks and not in all of them.
-- [jooq ignore start]
create index usage_log_rare on views.usage_log using brin (
    position,
    model text_bloom_ops (n_distinct_per_range = 100),
    channel int8_bloom_ops (n_distinct_per_range = 100),
    model_group text_bloom_ops (n_distinct_per_range = 100))
    with (pages_per_range = 16, autosummarize = on);
create index usage_log_single on views.usage_log using brin (
    position,
    token int8_bloom_ops (n_distinct_per_range = 1500),
    request text_bloom_ops (n_distinct_per_range = 1500),
    upstream_request text_bloom_ops (n_distinct_per_range = 1500))
    with (pages_per_range = 64, autosummarize = on);
-- [jooq ignore stop]
