package io.tollbook.start;

/** Something keeps Tollbook from starting. Nothing has been touched. */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CannotStart(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    public static CannotStart usage(String message) {
        return new CannotStart(2, message + " Usage: --port=8080 --data=./data --db=URL --demo");
    }

    public static CannotStart folderInUse(String message) {
        return new CannotStart(3, message);
    }

    public static CannotStart folderOfAnotherVersion(String message) {
        return new CannotStart(4, message);
    }

    public static CannotStart databaseUnreachable(String message) {
        return new CannotStart(5, message);
    }

    public static CannotStart wrongPassword(String message) {
        return new CannotStart(6, message);
    }

    public static CannotStart portTaken(int port) {
        return new CannotStart(7, "Port " + port + " is taken by another program. Choose another one with --port=.");
    }

    public int exitCode() {
        return exitCode;
    }

    @SuppressWarnings("SystemOut") // The log may not be there yet, and this line is for the terminal.
    public void tell() {
        System.err.println("tollbook: " + getMessage());
    }
}
