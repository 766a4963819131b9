package io.tollbook.console.access;

import io.tollbook.kernel.user.Role;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The least role that may open a page. A page that says nothing is open to nobody. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OpenTo {
    Role value();

    /** Whether it is open to auditors, and therefore offers them nothing that changes anything. */
    boolean auditors() default false;

    /** What root may close it by, beyond the role. */
    Gate gate() default Gate.NONE;

    enum Gate {
        NONE,
        PRICING
    }
}
