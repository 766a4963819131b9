/** Usage per hour, model, user, key, group and channel, and what is left of it. */
@NullMarked
package io.tollbook.kernel.statistics;

import org.jspecify.annotations.NullMarked;
