/** Usage at a glance: the dashboard and its chart. */
@NullMarked
package io.tollbook.console.statistics;

import org.jspecify.annotations.NullMarked;
