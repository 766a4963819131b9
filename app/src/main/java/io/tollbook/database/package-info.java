/** PostgreSQL: an own one in the data folder or the operator's, its migrations, and the connections to it. */
@NullMarked
package io.tollbook.database;

import org.jspecify.annotations.NullMarked;
