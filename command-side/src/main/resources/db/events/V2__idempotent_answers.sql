-- Answers that clients may ask for again under a key of their own. Sealed; gone after a day.
create table events.idempotent_answer (
    token      bigint      not null,
    key        text        not null,
    request    text        not null,
    call       text        not null,
    lease_end  timestamptz not null,
    status     integer,
    type       text,
    body       text,
    expires_at timestamptz not null,
    primary key (token, key)
);

create index on events.idempotent_answer (expires_at);
