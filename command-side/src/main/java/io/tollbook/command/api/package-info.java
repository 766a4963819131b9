/** What all endpoints of the management API share: who calls, how errors are told, how large a body may be. */
@NullMarked
package io.tollbook.command.api;

import org.jspecify.annotations.NullMarked;
