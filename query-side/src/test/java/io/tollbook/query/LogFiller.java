package io.tollbook.query;

/** Fills a log with calls that nobody made: where a position and a moment are told, in parts. */
final class LogFiller {
    static final String EVENTS = """
            insert into events.event
            select n, 'filler-' || n, 0, null, gen_random_uuid(), 'filler', 1,
                %1$s, '{}', '{}'
            from generate_series(%3$d, %4$d) n
            """;

    static final String ROWS = """
            insert into views.usage_log
            select n, %1$s, case when n %% 50 = 7 then 5 else 2 end, u, 2 * u + n %% 2, c,
                case when n %% 50 = 7 then 0 else 100 + h %% 9000 end, 1, h %% 4000, h %% 900, 80 + h %% 400, 300 + h %% 9000,
                n %% 3 = 0, m, case when h %% 10000 = 3 then 'rare-group' else 'default' end, case when n %% 50 = 7 then '' else 'REPORTED' end,
                lpad(to_hex((extract(epoch from %1$s) * 1000)::bigint), 11, '0') || lpad(to_hex(n), 16, '0'),
                'chatcmpl-' || n,
                '{"INPUT":' || h %% 4000 || ',"OUTPUT":' || h %% 900 || '}',
                '[[' || c || ',"' || m || '","ANSWERED",200,' || 300 + h %% 9000 || ']]', '', null
            from (select n, h,
                    case when n %% 4 = 0 then 1 + h %% 10 else 1 + h %% 1000 end as u,
                    case when h %% 10000 = 1 then 99 else 1 + h %% 20 end as c,
                    case when h %% 10000 = 2 then 'rare-model' else 'model-' || h %% 39 end as m
                from (select n, abs(hashint8(n)::bigint) as h from generate_series(%3$d, %4$d) n) numbers) rows
            """;

    static final String HOURS = """
            insert into views.hourly_usage (hour, user_id, token, channel, model, model_group, calls, calls_2, calls_3,
                calls_4, tokens, tokens_2, tokens_3, tokens_4, quota, quota_2, quota_3, quota_4, tokens_in, tokens_in_2,
                tokens_in_3, tokens_in_4)
            select date_trunc('hour', at), user_id, token, channel, model, model_group, count(*), 0, 0, 0,
                sum(prompt_tokens + completion_tokens), 0, 0, 0, sum(quota), 0, 0, 0, sum(prompt_tokens), 0, 0, 0
            from views.usage_log where kind = 2 group by 1, 2, 3, 4, 5, 6 order by 1
            """;

    static final String TOTALS = """
            insert into views.hourly_total (grain, hour, channel, model, model_group, calls, calls_2, calls_3,
                calls_4, tokens, tokens_2, tokens_3, tokens_4, quota, quota_2, quota_3, quota_4, tokens_in, tokens_in_2,
                tokens_in_3, tokens_in_4)
            select grain, hour, case grain when 1 then 0 else channel end, model,
                case grain when 1 then '' else model_group end, sum(calls), 0, 0, 0, sum(tokens), 0, 0, 0, sum(quota),
                0, 0, 0, sum(tokens_in), 0, 0, 0
            from views.hourly_usage, (values (1::smallint), (2::smallint)) as g (grain)
            group by 1, 2, 3, 4, 5 order by 1, 2
            """;

    private LogFiller() {}
}
