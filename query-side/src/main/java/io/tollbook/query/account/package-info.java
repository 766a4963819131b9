/** Balances, open holds and the book of an account. */
@NullMarked
package io.tollbook.query.account;

import org.jspecify.annotations.NullMarked;
