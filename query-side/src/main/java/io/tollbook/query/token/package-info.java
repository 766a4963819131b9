/** API keys: what each may do, and whose a fingerprint is. */
@NullMarked
package io.tollbook.query.token;

import org.jspecify.annotations.NullMarked;
