/** Google's generateContent, as its clients ask it and as its servers answer it. */
@NullMarked
package io.tollbook.relay.dialect.gemini;

import org.jspecify.annotations.NullMarked;
