/** Usage at a glance: the dashboard, by model, by user, and from where to where. Each figure leads to its rows in the log. */
@NullMarked
package io.tollbook.console.statistics;

import org.jspecify.annotations.NullMarked;
