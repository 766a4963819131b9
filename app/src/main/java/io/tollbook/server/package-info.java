/** The web server. */
@NullMarked
package io.tollbook.server;

import org.jspecify.annotations.NullMarked;
