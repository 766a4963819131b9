/** Who may call what, from where: decided in memory, before anything is read or held. */
@NullMarked
package io.tollbook.relay.admission;

import org.jspecify.annotations.NullMarked;
