package io.tollbook.kernel.account;

/** What can be counted in a call. Meters never overlap: a token is in exactly one of them. */
public enum Meter {
    /** Prompt tokens read afresh. */
    INPUT,
    /** Prompt tokens read from the provider's cache. */
    CACHE_READ,
    /** Prompt tokens written to the cache for five minutes, or for a time the provider does not state. */
    CACHE_WRITE_5M,
    /** Prompt tokens written to the cache for an hour. */
    CACHE_WRITE_1H,
    /** Answer tokens that the client sees. */
    OUTPUT,
    /** Answer tokens spent on thinking. */
    REASONING,
    AUDIO_INPUT,
    AUDIO_OUTPUT,
    IMAGE_INPUT,
    IMAGE_OUTPUT,
    WEB_SEARCH,
    FILE_SEARCH,
    /** A web search by the older tool, which some models pay more for. */
    WEB_SEARCH_PREVIEW,
    GOOGLE_SEARCH,
    /** Seconds of sound or film that were made. */
    SECONDS,
    /** Pictures that were made, where a picture has a price and its tokens have none. */
    PICTURES
}
