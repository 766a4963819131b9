/** How fast and how reliably channels and models answered, per hour. */
@NullMarked
package io.tollbook.query.performance;

import org.jspecify.annotations.NullMarked;
