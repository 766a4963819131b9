package io.tollbook.command.secret;

/** The master key is missing, malformed or not the one the secrets were sealed with. Its message is for the operator. */
public final class MasterKeyException extends RuntimeException {
    MasterKeyException(String message) {
        super(message);
    }

    MasterKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
