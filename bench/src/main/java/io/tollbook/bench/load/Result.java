package io.tollbook.bench.load;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What came back of a {@link Load}, of its measured time alone. Latencies are those of served calls, in microseconds. */
public final class Result {
    private static final int SECONDS_MAX = 7_200;

    final Histogram latency = new Histogram(600_000_000L, 3);
    final Histogram firstByte = new Histogram(600_000_000L, 3);
    final Map<Integer, Long> statuses = new TreeMap<>();
    final Map<String, Long> codes = new TreeMap<>();
    final Map<Call.Ending, Long> endings = new TreeMap<>();
    final int[] servedPerSecond = new int[SECONDS_MAX];
    final long[] slowestPerSecondMicros = new long[SECONDS_MAX];
    long served;
    long pieces;
    int piecesLeast = Integer.MAX_VALUE;
    int piecesMost;
    long refusedWithRetryAfter;
    long notSent;
    double seconds;

    void count(Call call, long measuredFromNanos) {
        statuses.merge(call.status(), 1L, Long::sum);
        endings.merge(call.ending(), 1L, Long::sum);
        if (call.code() != null) codes.merge(call.code(), 1L, Long::sum);
        if (call.status() == 503 && call.retryAfter()) refusedWithRetryAfter++;
        if (!call.isServed()) return;
        served++;
        pieces += call.pieces();
        piecesLeast = Math.min(piecesLeast, call.pieces());
        piecesMost = Math.max(piecesMost, call.pieces());
        long micros = Math.clamp((call.endNanos() - call.intendedNanos()) / 1_000, 0, 600_000_000L);
        latency.recordValue(micros);
        if (call.firstByteNanos() != 0)
            firstByte.recordValue(Math.clamp((call.firstByteNanos() - call.intendedNanos()) / 1_000, 0, 600_000_000L));
        int second = (int) ((call.endNanos() - measuredFromNanos) / 1_000_000_000L);
        if (second < 0 || second >= SECONDS_MAX) return;
        servedPerSecond[second]++;
        slowestPerSecondMicros[second] = Math.max(slowestPerSecondMicros[second], micros);
    }

    public long served() {
        return served;
    }

    public double seconds() {
        return seconds;
    }

    public double servedPerSecond() {
        return seconds == 0 ? 0 : served / seconds;
    }

    /** Calls that got an answer with this status. */
    public long status(int status) {
        return statuses.getOrDefault(status, 0L);
    }

    public Map<Integer, Long> statuses() {
        return Map.copyOf(statuses);
    }

    public Map<String, Long> codes() {
        return Map.copyOf(codes);
    }

    public long ending(Call.Ending ending) {
        return endings.getOrDefault(ending, 0L);
    }

    public long ended() {
        return endings.values().stream().mapToLong(Long::longValue).sum();
    }

    public long refusedWithRetryAfter() {
        return refusedWithRetryAfter;
    }

    /** Calls that fell due but found no connection free until the run was over. */
    public long notSent() {
        return notSent;
    }

    public long pieces() {
        return pieces;
    }

    public int piecesLeast() {
        return served == 0 ? 0 : piecesLeast;
    }

    public int piecesMost() {
        return piecesMost;
    }

    public double latencyMillis(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1_000.0;
    }

    public double firstByteMillis(double percentile) {
        return firstByte.getValueAtPercentile(percentile) / 1_000.0;
    }

    /** Served calls that ended in that second of the measured time, counted from 0. */
    public int servedInSecond(int second) {
        return servedPerSecond[second];
    }

    public double slowestInSecondMillis(int second) {
        return slowestPerSecondMicros[second] / 1_000.0;
    }

    /** Everything as one map, for JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new TreeMap<>();
        map.put("served", served);
        map.put("seconds", seconds);
        map.put("servedPerSecond", servedPerSecond());
        map.put("statuses", new TreeMap<>(statuses));
        map.put("codes", new TreeMap<>(codes));
        map.put("endings", new TreeMap<>(endings));
        map.put("refusedWithRetryAfter", refusedWithRetryAfter);
        map.put("notSent", notSent);
        for (double p : new double[] {50, 90, 99, 99.9}) {
            map.put("latencyMillis.p" + (p == 99.9 ? "99.9" : Integer.toString((int) p)), latencyMillis(p));
            map.put("firstByteMillis.p" + (p == 99.9 ? "99.9" : Integer.toString((int) p)), firstByteMillis(p));
        }
        map.put("pieces", pieces);
        map.put("piecesLeast", piecesLeast());
        map.put("piecesMost", piecesMost);
        return map;
    }
}
