package io.tollbook.kernel.account;

/**
 * An account as people read it, in quota.
 *
 * @param available what can be spent now, holds taken off
 * @param held set aside by open holds
 * @param used charged so far
 * @param overdraft owed
 * @param calls settled so far
 */
public record Balance(AccountId account, Quota available, Quota held, Quota used, Quota overdraft, long calls) {}
