package io.tollbook.kernel.access;

import io.tollbook.kernel.Actor;

/** Where an export says that it begins. */
public interface Exports {
    /** Remembers an auditor's export of what this question asks for; does nothing for anybody else. */
    void exported(Personal question, Actor actor);
}
