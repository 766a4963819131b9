/** OpenAI's chat completions, and what most other providers mean by the same words. */
@NullMarked
package io.tollbook.relay.dialect.openai;

import org.jspecify.annotations.NullMarked;
