/** Users as lists, sign-in and the relay know them; their names are opened here and nowhere else. */
@NullMarked
package io.tollbook.query.user;

import org.jspecify.annotations.NullMarked;
