package io.tollbook.kernel.site;

/** Whether the site can be used. */
public record SiteState(boolean setUp, boolean rootExists) {}
