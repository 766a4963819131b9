/**
 * What a request and an answer mean, whatever dialect they are written in. A field that two dialects share is here, so that
 * nothing both sides know is lost between them; what only one knows is kept as it came, for the way back.
 *
 * @see "adr/0008"
 */
@NullMarked
package io.tollbook.relay.conversation;

import org.jspecify.annotations.NullMarked;
