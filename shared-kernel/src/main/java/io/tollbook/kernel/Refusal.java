package io.tollbook.kernel;

/** Every no that a client, a user or an operator may read. Each dialect has one table from refusal to status and body. */
public enum Refusal {
    // Who you are.
    SIGN_IN_REQUIRED("Please sign in first."),
    NOT_PERMITTED("Your account may not do this."),
    READ_ONLY("An auditor may see everything and change nothing."),
    WRONG_CREDENTIALS("Wrong username or password."),
    KEY_INVALID("Invalid API key."),
    KEY_DISABLED("This API key is disabled."),
    KEY_EXPIRED("This API key has expired."),
    KEY_EXHAUSTED("The quota of this API key is used up."),
    ADDRESS_NOT_ALLOWED("This API key may not be used from your network address."),
    USER_DISABLED("This user is disabled."),
    GROUP_NOT_ALLOWED("This API key's group is not open to its user."),
    MODEL_NOT_ALLOWED("This API key may not use the model."),
    // What was asked.
    INVALID("The request is not valid."),
    TOO_LARGE("The request is too large."),
    NOT_FOUND("There is no such thing."),
    USERNAME_TAKEN("This username is taken."),
    ALREADY_SET_UP("This site is already set up."),
    SETUP_CODE_WRONG("The setup code is wrong. It was printed when Tollbook started."),
    REGISTRATION_CLOSED("Sign-up is closed."),
    ROOT_PROTECTED("The root user cannot be changed this way."),
    TOO_MANY_KEYS("You have reached the highest number of API keys."),
    TASK_RUNNING("This runs already. Wait until it has ended."),
    TOO_MANY_REQUESTS("Too many requests. Please try again later."),
    // Money.
    ACCOUNT_UNKNOWN("There is no such account."),
    ACCOUNT_FROZEN("This account is frozen."),
    INSUFFICIENT_QUOTA("The balance does not cover the most this request can cost."),
    TOKEN_QUOTA_INSUFFICIENT("The quota left on this API key does not cover the most this request can cost."),
    HOLD_UNKNOWN("There is no such hold."),
    HOLD_RESOLVED("This hold is already settled or released."),
    ADJUSTMENT_DECIDED("This change of quota has already been decided about."),
    NO_PRICE("This model has no price."),
    PRICE_CHANGED("Somebody published another price version meanwhile. Reload and try again."),
    // Where it goes.
    NO_CHANNEL("No channel serves this model for your group."),
    PROVIDER_FAILED("The provider did not answer as it should."),
    OVERLOADED("Tollbook is at its limit. Please retry shortly."),
    LEDGER_UNAVAILABLE("The ledger cannot write at the moment. Please retry shortly.");

    private final String message;

    Refusal(String message) {
        this.message = message;
    }

    /** A sentence for the reader, without details of the case. */
    public String message() {
        return message;
    }
}
