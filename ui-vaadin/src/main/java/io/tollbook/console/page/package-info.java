/** What pages are made of: the frame with its navigation, lists, dialogs, notices, and how amounts and moments read. */
@NullMarked
package io.tollbook.console.page;

import org.jspecify.annotations.NullMarked;
