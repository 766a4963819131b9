package io.tollbook.relay.dialect;

/**
 * What an answer says about its call.
 *
 * @param id of the call
 * @param model as the client named it
 */
public record AnswerFrame(String id, String model, long createdSeconds) {}
