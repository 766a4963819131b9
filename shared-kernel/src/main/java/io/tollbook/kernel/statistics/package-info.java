/** Usage per hour, model, user, key, group and channel. */
@NullMarked
package io.tollbook.kernel.statistics;

import org.jspecify.annotations.NullMarked;
