/** Going over the past again beside the present: rebuilds, and an auditor's proof that what pages show is what happened. */
@NullMarked
package io.tollbook.kernel.replay;

import org.jspecify.annotations.NullMarked;
