/** People: who they are, what role they have, how they sign in. */
@NullMarked
package io.tollbook.kernel.user;

import org.jspecify.annotations.NullMarked;
