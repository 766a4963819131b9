package io.tollbook.command.api;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** A request whose body ends with a refusal once it has grown too large, whatever it declared. */
final class BoundedRequest extends HttpServletRequestWrapper {
    private final long bytesMax;

    BoundedRequest(HttpServletRequest request, long bytesMax) {
        super(request);
        this.bytesMax = bytesMax;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        ServletInputStream in = super.getInputStream();
        return new ServletInputStream() {
            private long seen;

            @Override
            public int read() throws IOException {
                int read = in.read();
                if (read >= 0) count(1);
                return read;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = in.read(bytes, offset, length);
                if (read > 0) count(read);
                return read;
            }

            private void count(int bytes) {
                seen += bytes;
                if (seen > bytesMax) throw new Refused(Refusal.TOO_LARGE);
            }

            @Override
            public boolean isFinished() {
                return in.isFinished();
            }

            @Override
            public boolean isReady() {
                return in.isReady();
            }

            @Override
            public void setReadListener(ReadListener listener) {
                in.setReadListener(listener);
            }
        };
    }
}
