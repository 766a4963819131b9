package io.tollbook.kernel.account;

/** Why a hold gave its money back. */
public enum ReleaseCause {
    /** No channel answered with success. */
    UPSTREAM_FAILED,
    /** Nothing was sent upstream: the request turned out bad, or the client left before. */
    NOT_SENT,
    /** The process that held it died or its lease ended: nobody knows what the upstream did. Listed as unresolved. */
    LEASE_ENDED,
    /** An administrator gave it back while it was open. */
    BY_HAND
}
