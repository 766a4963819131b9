/** The data plane: lets calls in, sends them on, reads what they used, and never lets a byte go unpaid. */
@NullMarked
package io.tollbook.relay;

import org.jspecify.annotations.NullMarked;
