package io.tollbook.query.readmodel;

import java.util.List;
import java.util.Map;

/** The read models; each is one processing group with a position of its own. */
public final class ReadModelNames {
    public static final String DIRECTORY = "directory";
    public static final String BALANCE = "balance";
    public static final String HOLDS = "holds";
    public static final String USAGE_LOG = "usage-log";
    public static final String STATISTICS = "statistics";
    public static final String LEDGER = "ledger";
    public static final String PERFORMANCE = "performance";

    static final List<String> ALL = List.of(DIRECTORY, BALANCE, HOLDS, USAGE_LOG, STATISTICS, LEDGER, PERFORMANCE);

    private static final Map<String, List<String>> TABLES = Map.of(
            DIRECTORY,
                    List.of(
                            "user_profile",
                            "token",
                            "channel",
                            "channel_key",
                            "channel_outage",
                            "channel_upstream",
                            "channel_incident",
                            "option",
                            "price_version",
                            "buy_price_version",
                            "margin_alarm",
                            "vendor",
                            "model",
                            "model_change",
                            "prefill_group"),
            BALANCE, List.of("balance", "token_spend", "channel_used", "expiring_lot", "adjustment"),
            HOLDS, List.of("open_hold", "unresolved_call", "quarantined_call"),
            USAGE_LOG, List.of("usage_log"),
            STATISTICS, List.of("hourly_usage", "hourly_total", "margin"),
            PERFORMANCE, List.of("performance"),
            LEDGER, List.of("lot", "ledger_account", "ledger_total", "ledger_fault", "ledger_reached"));

    /** The tables that its projections write; each table belongs to one read model. */
    static List<String> tables(String name) {
        return TABLES.getOrDefault(name, List.of());
    }

    /**
     * Only each so many-th time a read model gets what was gathered, unless somebody waits. Sums per hour are the same row again and
     * again, so waiting saves most of their cost, and nobody misses a second of an hour. The ledger writes an account once however
     * many events it had, and cares for every event of a call, of which no more may wait than a chunk has.
     */
    static int patience(String name) {
        return switch (name) {
            case STATISTICS, PERFORMANCE -> 3;
            case LEDGER -> 2;
            default -> 1;
        };
    }

    private ReadModelNames() {}
}
