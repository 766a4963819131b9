/** Texts as vectors: OpenAI's embeddings, and Google's behind the same words. */
@NullMarked
package io.tollbook.relay.dialect.embeddings;

import org.jspecify.annotations.NullMarked;
