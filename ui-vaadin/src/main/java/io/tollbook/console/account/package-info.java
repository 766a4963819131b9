/** The book: every event of an account as it is stored, with the balance after it, as of any moment. */
@NullMarked
package io.tollbook.console.account;

import org.jspecify.annotations.NullMarked;
