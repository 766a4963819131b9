-- What replays found to differ from the events. Not a read model: a finding stays what it was when it was found.
create table views.replay_difference (
    run         varchar not null,
    number      integer not null,
    read_model  text    not null,
    table_name  text    not null,
    row_key     text    not null,
    column_name text    not null,
    expected    text,
    actual      text,
    primary key (run, number)
);
