/** Every price version that was ever published. */
@NullMarked
package io.tollbook.query.pricing;

import org.jspecify.annotations.NullMarked;
