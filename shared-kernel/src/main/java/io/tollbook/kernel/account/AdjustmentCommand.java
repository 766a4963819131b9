package io.tollbook.kernel.account;

import io.tollbook.kernel.Command;
import org.jspecify.annotations.Nullable;

/** What administrators do about changes of quota by hand. */
public sealed interface AdjustmentCommand<R extends @Nullable Object> extends Command<R>
        permits RequestAdjustment, ApproveAdjustment, RejectAdjustment, WithdrawAdjustment, ExpireAdjustment {}
