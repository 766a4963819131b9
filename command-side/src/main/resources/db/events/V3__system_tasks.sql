-- Runs of tasks: what administrators watch, and the lease by which one of a kind runs at a time over all nodes.
create table events.system_task (
    number     bigint generated always as identity primary key,
    id         text        not null unique,
    type       text        not null,
    status     text        not null,
    state      text        not null,
    result     text        not null,
    error      text        not null,
    node       text        not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create unique index system_task_active on events.system_task (type) where status in ('PENDING', 'RUNNING');
create index on events.system_task (type, updated_at);

-- Up to which incident of channels each administrator has read.
create table events.incident_mark (
    user_id  bigint not null primary key,
    position bigint not null
);
