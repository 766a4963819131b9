/** The door between the sides: permissions, metadata, and waiting for the read models. */
@NullMarked
package io.tollbook.messages;

import org.jspecify.annotations.NullMarked;
