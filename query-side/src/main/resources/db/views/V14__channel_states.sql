-- directory: channels by tag, since when a channel is on or off, and what was wrong at its last test. The past is taken from the
-- stored events, exactly as the projection would: building the directory anew would leave the site without users meanwhile.
alter table views.channel add column tag text not null default '';
alter table views.channel add column status_at timestamptz;
alter table views.channel add column test_error text not null default '';

-- [jooq ignore start]
alter table views.channel alter column tag drop default;
alter table views.channel alter column test_error drop default;
update views.channel set tag = terms::jsonb ->> 'tag';
do $$
begin
    if to_regclass('events.event') is null then
        return;
    end if;
    update views.channel c set status_at = e.recorded_at
    from (select distinct on (stream) stream, recorded_at from events.event
          where name in ('channel.enabled', 'channel.disabled') order by stream, sequence desc) e
    where e.stream = 'channel-' || c.id;
    update views.channel c set test_error = e.payload::jsonb ->> 'error'
    from (select distinct on (stream) stream, payload from events.event
          where name = 'channel.tested' order by stream, sequence desc) e
    where e.stream = 'channel-' || c.id;
end
$$;
create index channel_tag on views.channel (tag);
-- [jooq ignore stop]
