package io.tollbook.kernel.account;

/** A call that was put in one dialect and sent on in another. Where both are the same there is none. */
public record Conversion(Dialect client, Dialect upstream) {
    public Conversion {
        if (client == upstream) throw new IllegalArgumentException("from " + client + " to itself is no conversion");
    }
}
