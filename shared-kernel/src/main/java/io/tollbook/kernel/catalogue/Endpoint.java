package io.tollbook.kernel.catalogue;

/** Where a kind of call goes. */
public record Endpoint(String path, String method) {}
