-- What was decided about unresolved calls, and usage that cannot be. The read model begins anew: without its position its
-- processor starts at the first event.
-- [jooq ignore start]
truncate views.open_hold, views.unresolved_call;
delete from views.token_entry where processor_name = 'holds';
-- [jooq ignore stop]
alter table views.unresolved_call add column channel bigint;
alter table views.unresolved_call add column resolution text;
alter table views.unresolved_call add column charged bigint;
alter table views.unresolved_call add column resolved_by bigint;
alter table views.unresolved_call add column reason text;
alter table views.unresolved_call add column resolved_at timestamptz;
alter table views.unresolved_call drop column attempts;

create table views.quarantined_call (
    hold             varchar     not null primary key,
    account          bigint      not null,
    user_id          bigint      not null,
    token            bigint      not null,
    model            text        not null,
    channel          bigint,
    held             bigint      not null,
    charged          bigint      not null,
    fault            text        not null,
    usage            text        not null,
    upstream_request text,
    settled_at       timestamptz not null
);

-- [jooq ignore start]
create index open_hold_age on views.open_hold (held_at, hold);
create index unresolved_call_age on views.unresolved_call (released_at, hold) where resolution is null;
create index unresolved_call_decided on views.unresolved_call (resolved_at desc, hold) where resolution is not null;
create index quarantined_call_age on views.quarantined_call (settled_at desc, hold);
-- [jooq ignore stop]
