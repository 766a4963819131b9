package io.tollbook.query.readmodel;

import java.util.List;

/** The read models; each is one processing group with a position of its own. */
public final class ReadModelNames {
    public static final String DIRECTORY = "directory";
    public static final String BALANCE = "balance";
    public static final String HOLDS = "holds";
    public static final String USAGE_LOG = "usage-log";
    public static final String STATISTICS = "statistics";

    static final List<String> ALL = List.of(DIRECTORY, BALANCE, HOLDS, USAGE_LOG, STATISTICS);

    private ReadModelNames() {}
}
