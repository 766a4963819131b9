package io.tollbook.start;

import org.jspecify.annotations.Nullable;

/**
 * Tollbook cannot start, for a reason that the operator can change. The message is the one line they read; there is no
 * stack trace to read past.
 */
public final class CannotStart extends RuntimeException {
    /** Why, as the process's exit code. The numbers are documented and do not change. */
    public enum Reason {
        /** An option is unknown or has a bad value. */
        USAGE(2),
        /** Another Tollbook uses the data folder. */
        FOLDER_IN_USE(3),
        /** The data folder or the database was written by another version. */
        OTHER_VERSION(4),
        /** Nothing answers at the database's address, or the own PostgreSQL does not start. */
        DATABASE_UNREACHABLE(5),
        /** The database refuses the user or the password. */
        DATABASE_REFUSES(6),
        /** Another program listens on the port. */
        PORT_TAKEN(7),
        /** The data folder cannot be written. */
        FOLDER_UNUSABLE(8),
        /** The master key is missing, malformed or another one. */
        MASTER_KEY(9);

        private final int exitCode;

        Reason(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Reason reason;

    public CannotStart(Reason reason, String line) {
        this(reason, line, null);
    }

    public CannotStart(Reason reason, String line, @Nullable Throwable cause) {
        super(line.replaceAll("\\s*\\R\\s*", " ").strip(), cause, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What is printed. */
    public String line() {
        return String.valueOf(getMessage());
    }
}
