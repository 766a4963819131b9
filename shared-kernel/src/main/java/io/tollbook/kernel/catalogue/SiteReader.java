package io.tollbook.kernel.catalogue;

/**
 * Reads a document of another site for root, under a guard: http and https only, a limit of time and of size, and no
 * address of a private network unless the site's option allows it, also not by a redirect.
 */
public interface SiteReader {
    /**
     * @param address http or https
     * @return the body of an answer with status 200
     * @throws io.tollbook.kernel.Refused INVALID saying what was wrong, without the answer's text
     */
    byte[] read(String address);
}
