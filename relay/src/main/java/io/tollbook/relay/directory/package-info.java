/** What the relay keeps in memory of prices, options and channels, so that no call asks a table. */
@NullMarked
package io.tollbook.relay.directory;

import org.jspecify.annotations.NullMarked;
