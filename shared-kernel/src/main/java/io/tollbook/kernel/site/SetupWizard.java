package io.tollbook.kernel.site;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.user.Session;

/** Sets the site up, once. */
public interface SetupWizard {
    /** Whether a caller from this address must show the one-time code. */
    boolean needsCode(String address);

    /**
     * Makes root, options and the demo provider, and signs root in.
     *
     * @throws io.tollbook.kernel.Refused ALREADY_SET_UP, SETUP_CODE_WRONG or INVALID
     */
    Session setUp(SetUp answers, Actor caller);
}
