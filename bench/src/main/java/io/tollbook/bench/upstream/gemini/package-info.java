/** A provider that speaks Google's generateContent as strictly as Google does, for tests of what is sent to it. */
@NullMarked
package io.tollbook.bench.upstream.gemini;

import org.jspecify.annotations.NullMarked;
