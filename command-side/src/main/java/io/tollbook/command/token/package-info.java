/** Decides about API keys, each together with its limit in the owner's account. */
@NullMarked
package io.tollbook.command.token;

import org.jspecify.annotations.NullMarked;
