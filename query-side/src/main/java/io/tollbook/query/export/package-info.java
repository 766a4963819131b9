/** Files of any length, written row by row: CSV and JSON Lines. */
@NullMarked
package io.tollbook.query.export;

import org.jspecify.annotations.NullMarked;
