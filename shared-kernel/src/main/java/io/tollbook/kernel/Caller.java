package io.tollbook.kernel;

/** The kinds of sender a message can be open to. {@link Permits} names the ones that may send it. */
public enum Caller {
    /** Anybody, signed in or not. */
    ANYONE,
    /** The user whom the message is about; it must then be {@link Owned}. */
    OWNER,
    /** Any signed-in user who is enabled. */
    USER,
    /**
     * An auditor, who reads everything and changes nothing: no other kind stands for one, not even {@link #OWNER}. Names
     * the few commands an auditor sends too; about things of a user these must be the auditor's own.
     */
    AUDITOR,
    /** An administrator or root. */
    ADMIN,
    /** Root alone. */
    ROOT,
    /** The data plane, acting for a client that showed a valid API key. */
    RELAY,
    /** Tollbook itself: the sweeper, start-up, a process manager. */
    SYSTEM
}
