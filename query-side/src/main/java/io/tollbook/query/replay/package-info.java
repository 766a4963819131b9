/** Goes over the events again, holds the outcome against the live read models, row by row, and keeps what was found. */
@NullMarked
package io.tollbook.query.replay;

import org.jspecify.annotations.NullMarked;
