package io.tollbook.kernel;

/** The version of this build, as shown by {@code /api/status} and the console. */
public final class Version {
    public static final String NUMBER = "0.1.0";

    private Version() {}
}
