/** Usage, read from the bytes as they pass, and estimated where nobody reports it. */
@NullMarked
package io.tollbook.relay.metering;

import org.jspecify.annotations.NullMarked;
