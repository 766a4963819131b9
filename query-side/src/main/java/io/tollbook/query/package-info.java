/** What people and the relay read: built from events, never asked for a decision about money. */
@NullMarked
package io.tollbook.query;

import org.jspecify.annotations.NullMarked;
