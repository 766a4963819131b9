/** What clients only give the address of, fetched for them under guard. */
@NullMarked
package io.tollbook.relay.fetch;

import org.jspecify.annotations.NullMarked;
