/** PostgreSQL: the embedded one or one at an address, its pools and its schemas. */
@NullMarked
package io.tollbook.database;

import org.jspecify.annotations.NullMarked;
