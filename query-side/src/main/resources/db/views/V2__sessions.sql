-- Sign-in sessions by the fingerprint of their token; the address stands sealed under the user's key.
create table views.session (
    fingerprint varchar     not null primary key,
    user_id     bigint      not null,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    address     text        not null,
    user_agent  text        not null
);

create index session_of_user on views.session (user_id);
