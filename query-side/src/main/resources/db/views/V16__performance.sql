-- performance: how calls went, per period, channel and model. Narrow, since most durations fall into few of the buckets; periods
-- of one hour and of six, so that a month of many channels is still read in a moment. PerformanceProjection says what measures are.
create table views.performance (
    hours   smallint    not null,
    start   timestamptz not null,
    channel bigint      not null,
    model   varchar     not null,
    measure smallint    not null,
    bucket  smallint    not null,
    counted bigint      not null,
    primary key (hours, start, channel, model, measure, bucket)
);
-- [jooq ignore start]
-- The rows of the present hour change all the time; with room on their page no index has to know.
alter table views.performance set (fillfactor = 70);
-- [jooq ignore stop]
