package io.tollbook.server;

import org.apache.coyote.http11.Http11NioProtocol;

/** HTTP/1.1 with a smaller buffer before an answer: Tomcat's own takes 24 KB of each open call, and most write 200 bytes at once. */
public final class LeanHttp11 extends Http11NioProtocol {
    private static final int ANSWER_BUFFER = 2 * 1024;

    @Override
    public int getDesiredBufferSize() {
        return ANSWER_BUFFER;
    }
}
