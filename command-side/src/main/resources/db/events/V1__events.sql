-- The event store. Positions are gapless and in commit order; payload and metadata are the bytes as written.
create table events.event (
    position    bigint      not null primary key,
    stream      text        not null,
    sequence    bigint      not null,
    aggregate   text,
    id          uuid        not null,
    name        text        not null,
    version     smallint    not null,
    recorded_at timestamptz not null,
    payload     text        not null,
    metadata    text        not null,
    constraint event_stream_sequence unique (stream, sequence)
);

create table events.snapshot (
    stream      text        not null primary key,
    sequence    bigint      not null,
    aggregate   text        not null,
    id          uuid        not null,
    name        text        not null,
    version     smallint    not null,
    recorded_at timestamptz not null,
    payload     text        not null,
    metadata    text        not null
);

-- One key per person or thing with secrets, wrapped under the master key. Deleting a row erases what it sealed.
create table events.subject_key (
    subject    text        not null primary key,
    wrapped    bytea       not null,
    created_at timestamptz not null default now()
);

-- Processes that hold funds for open calls; the sweeper releases the holds of those no longer seen.
create table events.node (
    id         text        not null primary key,
    started_at timestamptz not null,
    seen_at    timestamptz not null
);

create sequence events.user_id;
create sequence events.token_id;
create sequence events.channel_id;
