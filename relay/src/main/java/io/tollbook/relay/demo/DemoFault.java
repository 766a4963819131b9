package io.tollbook.relay.demo;

/** A no of the provider. Each dialect has its own words for the status. */
final class DemoFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    DemoFault(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    static DemoFault missing(String field) {
        return new DemoFault(400, "Missing required parameter: '" + field + "'.");
    }

    int status() {
        return status;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
