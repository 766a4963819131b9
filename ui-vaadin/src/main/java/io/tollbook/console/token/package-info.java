/** API keys: what clients show, made and looked after by their owners. */
@NullMarked
package io.tollbook.console.token;

import org.jspecify.annotations.NullMarked;
