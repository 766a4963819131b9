-- directory: vendors, what is told of models, what was done to that, and lists that forms are filled in from.
create table views.vendor (
    id         bigint      not null primary key,
    name       text        not null,
    terms      text        not null,
    created_at timestamptz not null,
    changed_at timestamptz not null
);

create table views.model (
    id         bigint      not null primary key,
    name       text        not null,
    vendor     bigint,
    enabled    boolean     not null,
    synced     boolean     not null,
    terms      text        not null,
    created_at timestamptz not null,
    changed_at timestamptz not null
);

create table views.model_change (
    number     bigint      not null primary key,
    actor      bigint      not null,
    models     text        not null,
    undoes     bigint,
    undone_by  bigint,
    changed_at timestamptz not null
);

create table views.prefill_group (
    id         bigint      not null primary key,
    name       text        not null,
    type       text        not null,
    terms      text        not null,
    created_at timestamptz not null,
    changed_at timestamptz not null
);
