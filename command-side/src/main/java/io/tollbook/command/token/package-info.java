/** API keys: who made them, what they may do, and that their limit in the owner's account is always the one they say. */
@NullMarked
package io.tollbook.command.token;

import org.jspecify.annotations.NullMarked;
