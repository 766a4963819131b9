-- directory: what is not as usual with keys of channels, by their prints. A key that is on and stays has no row, or one that says
-- nothing any more.
create table views.channel_key (
    channel       bigint      not null,
    print         varchar     not null,
    automatically boolean     not null,
    why           text        not null,
    off_since     timestamptz,
    retires_at    timestamptz,
    primary key (channel, print)
);

-- directory: which node passes which channel over, and since when.
create table views.channel_outage (
    channel bigint      not null,
    node    varchar     not null,
    out     boolean     not null,
    why     text        not null,
    at      timestamptz not null,
    primary key (channel, node)
);
