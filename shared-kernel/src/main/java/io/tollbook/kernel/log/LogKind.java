package io.tollbook.kernel.log;

/** What a log row tells of. {@code number} is the management API's. */
public enum LogKind {
    ALL(0),
    TOP_UP(1),
    CONSUME(2),
    MANAGE(3),
    SYSTEM(4),
    ERROR(5),
    REFUND(6),
    SIGN_IN(7);

    private final int number;

    LogKind(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public static LogKind of(int number) {
        for (LogKind kind : values()) if (kind.number == number) return kind;
        throw io.tollbook.kernel.Refused.invalid("There is no log type " + number + ".");
    }
}
