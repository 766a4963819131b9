package io.tollbook.kernel.account;

/** Why a usage object cannot be what happened. */
public enum UsageFault {
    /** A count is negative, above 10^9, a fraction, or no number. */
    NOT_A_COUNT("a count is not a whole number from 0 to 1,000,000,000"),
    /** More was cached than the prompt has tokens. */
    CACHE_ABOVE_PROMPT("more tokens are cached than the prompt has"),
    /** Cache writes by their time are more than all cache writes. */
    CACHE_PARTS_ABOVE_WHOLE("the cache writes by time are more than all cache writes"),
    /** Pictures and sound are more than the prompt. */
    MEDIA_ABOVE_PROMPT("pictures and audio are more than the prompt"),
    /** Thinking, pictures and sound are more than the answer. */
    PARTS_ABOVE_ANSWER("thinking, pictures and audio are more than the answer"),
    /** More than 1,000 uses of one tool. */
    TOO_MANY_TOOL_USES("a tool was used more than 1,000 times in one call");

    private final String words;

    UsageFault(String words) {
        this.words = words;
    }

    /** What is wrong, for people; goes on after “because”. */
    public String words() {
        return words;
    }
}
