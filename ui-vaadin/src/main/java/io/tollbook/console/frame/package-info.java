/** What stands around the pages: navigation, the user's menu, the look, and the pages for what went wrong. */
@NullMarked
package io.tollbook.console.frame;

import org.jspecify.annotations.NullMarked;
