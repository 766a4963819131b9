-- ledger: where the quota of every lot went, what the next event of an account needs, and the sums of the chart.
create table views.lot (
    account    bigint      not null,
    lot        varchar     not null,
    lot_order  bigint      not null,
    lot_class  varchar     not null,
    granted    bigint      not null,
    price      bigint,
    currency   varchar,
    released   bigint      not null,
    repaid     bigint      not null,
    spent      bigint      not null,
    expired    bigint      not null,
    taken      bigint      not null,
    available  bigint      not null,
    held       bigint      not null,
    priority   integer     not null,
    expires_at timestamptz,
    cause      text        not null,
    granted_at timestamptz not null,
    primary key (account, lot)
);

create table views.ledger_account (
    account   bigint not null primary key,
    overdraft bigint not null,
    state     text   not null
);

create table views.ledger_total (
    title     varchar        not null,
    commodity varchar        not null,
    balance   numeric(38, 0) not null,
    primary key (title, commodity)
);

create table views.ledger_fault (
    position bigint  not null,
    ordinal  integer not null,
    account  bigint  not null,
    event    text    not null,
    what     text    not null,
    primary key (position, ordinal)
);

-- The last event in the sums; one row.
create table views.ledger_reached (
    single      boolean     not null primary key,
    position    bigint      not null,
    recorded_at timestamptz not null
);

-- [jooq ignore start]
alter table views.lot set (fillfactor = 70);
alter table views.ledger_account set (fillfactor = 70);
alter table views.ledger_total set (fillfactor = 50);
-- [jooq ignore stop]
