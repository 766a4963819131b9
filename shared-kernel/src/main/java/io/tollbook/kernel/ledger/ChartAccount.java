package io.tollbook.kernel.ledger;

import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.LotClass;

/**
 * The chart of accounts. Debits are positive and credits negative, so a wallet with something in it stands below zero.
 * Quota and money never meet in a sum: each account keeps every commodity apart.
 */
public enum ChartAccount {
    AVAILABLE_PAID("Liabilities:Wallet", "Avail:Paid"),
    AVAILABLE_PROMO("Liabilities:Wallet", "Avail:Promo"),
    AVAILABLE_SUBSCRIPTION("Liabilities:Wallet", "Avail:Sub"),
    AVAILABLE_COMPENSATION("Liabilities:Wallet", "Avail:Comp"),
    RESERVED_PAID("Liabilities:Wallet", "Reserved:Paid"),
    RESERVED_PROMO("Liabilities:Wallet", "Reserved:Promo"),
    RESERVED_SUBSCRIPTION("Liabilities:Wallet", "Reserved:Sub"),
    RESERVED_COMPENSATION("Liabilities:Wallet", "Reserved:Comp"),
    /** What a holder owes because a call cost more than all lots had. */
    OVERDRAFT("Assets:Overdraft", ""),
    ISSUED_PAID("Equity:Quota:Issued:Paid"),
    ISSUED_PROMO("Equity:Quota:Issued:Promo"),
    ISSUED_SUBSCRIPTION("Equity:Quota:Issued:Subscription"),
    /** What administrators gave and took. */
    ADJUSTMENTS("Equity:Quota:Adjustments"),
    CONSUMED("Equity:Quota:Consumed"),
    EXPIRED("Equity:Quota:Expired"),
    /** Money that an administrator says was paid, until a statement of the bank proves it. */
    CLEARING("Assets:Clearing:Manual"),
    DEFERRED_TOP_UP("Liabilities:Deferred:TopUp"),
    DEFERRED_SUBSCRIPTION("Liabilities:Deferred:Subscription"),
    INCOME_TOP_UP("Income:Usage:TopUp"),
    INCOME_SUBSCRIPTION("Income:Usage:Subscription"),
    /** Paid quota that expired or was taken: it will never be served. */
    BREAKAGE("Income:Breakage");

    private final String head;
    private final String tail;
    private final boolean personal;

    ChartAccount(String name) {
        this.head = name;
        this.tail = "";
        this.personal = false;
    }

    /** One account per holder, whose number stands between head and tail. */
    ChartAccount(String head, String tail) {
        this.head = head;
        this.tail = tail;
        this.personal = true;
    }

    /** Whether every holder has one of their own. */
    public boolean isPersonal() {
        return personal;
    }

    /** The name under which the accounts of all holders are added up. */
    public String title() {
        return tail.isEmpty() ? head : head + ":" + tail;
    }

    /** The full name: {@code Liabilities:Wallet:17:Avail:Paid}. */
    public String of(AccountId holder) {
        if (!personal) return head;
        return head + ":" + holder.value() + (tail.isEmpty() ? "" : ":" + tail);
    }

    public static ChartAccount titled(String title) {
        for (ChartAccount account : values()) if (account.title().equals(title)) return account;
        throw new IllegalArgumentException("there is no account " + title);
    }

    static ChartAccount available(LotClass lotClass) {
        return switch (lotClass) {
            case PAID -> AVAILABLE_PAID;
            case PROMO -> AVAILABLE_PROMO;
            case SUBSCRIPTION -> AVAILABLE_SUBSCRIPTION;
            case COMPENSATION -> AVAILABLE_COMPENSATION;
        };
    }

    static ChartAccount reserved(LotClass lotClass) {
        return switch (lotClass) {
            case PAID -> RESERVED_PAID;
            case PROMO -> RESERVED_PROMO;
            case SUBSCRIPTION -> RESERVED_SUBSCRIPTION;
            case COMPENSATION -> RESERVED_COMPENSATION;
        };
    }

    static ChartAccount issued(LotClass lotClass) {
        return switch (lotClass) {
            case PAID -> ISSUED_PAID;
            case PROMO -> ISSUED_PROMO;
            case SUBSCRIPTION -> ISSUED_SUBSCRIPTION;
            case COMPENSATION -> ADJUSTMENTS;
        };
    }

    static ChartAccount deferred(LotClass lotClass) {
        return lotClass == LotClass.SUBSCRIPTION ? DEFERRED_SUBSCRIPTION : DEFERRED_TOP_UP;
    }

    static ChartAccount income(LotClass lotClass) {
        return lotClass == LotClass.SUBSCRIPTION ? INCOME_SUBSCRIPTION : INCOME_TOP_UP;
    }
}
