/** Anthropic's messages, and what other providers mean by the same words. */
@NullMarked
package io.tollbook.relay.dialect.claude;

import org.jspecify.annotations.NullMarked;
