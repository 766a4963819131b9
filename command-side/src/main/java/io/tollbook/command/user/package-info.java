/** Who the users are, what each may do to others, and how they prove who they are. */
@NullMarked
package io.tollbook.command.user;

import org.jspecify.annotations.NullMarked;
