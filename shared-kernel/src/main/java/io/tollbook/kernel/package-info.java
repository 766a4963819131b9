/** The words every module shares: who acts, what they may send, what a refusal is. Nothing here does input or output. */
@NullMarked
package io.tollbook.kernel;

import org.jspecify.annotations.NullMarked;
