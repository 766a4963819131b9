package io.tollbook.console.pricing;

import io.tollbook.kernel.pricing.ModelPrice;

/** The ways to price a model. */
enum PricedBy {
    TOKENS("By tokens"),
    CALL("Per call"),
    SECOND("By the second"),
    PICTURE("By the picture"),
    EXPRESSION("By an expression");

    private final String words;

    PricedBy(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    static PricedBy of(ModelPrice price) {
        if (price.expression() != null) return EXPRESSION;
        if (price.perCall() != null) return CALL;
        if (price.perSecond() != null) return SECOND;
        return price.perPicture().isEmpty() ? TOKENS : PICTURE;
    }
}
