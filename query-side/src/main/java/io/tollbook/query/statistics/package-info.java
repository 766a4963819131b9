/** Usage per hour. */
@NullMarked
package io.tollbook.query.statistics;

import org.jspecify.annotations.NullMarked;
