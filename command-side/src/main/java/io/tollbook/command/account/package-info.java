/** Decides about money: one aggregate per account, one thread that writes for all of them. */
@NullMarked
package io.tollbook.command.account;

import org.jspecify.annotations.NullMarked;
