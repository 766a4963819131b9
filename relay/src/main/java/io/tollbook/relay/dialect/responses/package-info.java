/** OpenAI's Responses: items in, items out, and a stream in which each item says when it begins and ends. */
@NullMarked
package io.tollbook.relay.dialect.responses;

import org.jspecify.annotations.NullMarked;
