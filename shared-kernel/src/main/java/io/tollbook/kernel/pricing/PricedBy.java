package io.tollbook.kernel.pricing;

/** The ways to price a model. An expression wins over what stands beneath it. */
public enum PricedBy {
    TOKENS("By tokens"),
    CALL("Per call"),
    SECOND("By the second"),
    PICTURE("By the picture"),
    EXPRESSION("By an expression");

    private final String words;

    PricedBy(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    public static PricedBy of(ModelPrice price) {
        if (price.expression() != null) return EXPRESSION;
        if (price.perCall() != null) return CALL;
        if (price.perSecond() != null) return SECOND;
        return price.perPicture().isEmpty() ? TOKENS : PICTURE;
    }
}
