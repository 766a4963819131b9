package io.tollbook.relay.call;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads bodies within two limits: one for each, and one for all that are in memory at once. */
@Component
final class RequestBody {
    private final long bytesMax;
    private final long bytesOfAllMax;
    private final AtomicLong bytesOfAll = new AtomicLong();

    RequestBody(@Value("${MAX_REQUEST_BODY_MB:64}") long megabytesMax) {
        bytesMax = megabytesMax * 1024 * 1024;
        // A body is in memory up to three times: as read, as text that is counted, as sent.
        bytesOfAllMax = Math.max(32L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 6);
    }

    /**
     * The body, decompressed. Call {@link #done} when it is no longer needed.
     *
     * @throws Refused TOO_LARGE, or OVERLOADED when too many large ones are being handled
     */
    byte[] read(HttpServletRequest request) throws IOException {
        long declared = request.getContentLengthLong();
        if (declared > bytesMax) throw tooLarge();
        boolean packed = isPacked(request);
        if (declared >= 0 && !packed) return readDeclared(request.getInputStream(), (int) declared);
        try {
            return readUnknown(packed ? new GZIPInputStream(request.getInputStream()) : request.getInputStream());
        } catch (ZipException | EOFException e) {
            throw Refused.invalid("The body of your request is not in the gzip format that its header promises.");
        }
    }

    private static boolean isPacked(HttpServletRequest request) {
        String header = request.getHeader("Content-Encoding");
        if (header == null) return false;
        return switch (header.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default -> throw Refused.invalid("Content-Encoding must be gzip or identity.");
        };
    }

    private byte[] readDeclared(InputStream in, int declared) throws IOException {
        reserve(declared);
        boolean whole = false;
        try {
            byte[] body = in.readNBytes(declared);
            whole = body.length == declared;
            if (whole) return body;
            throw Refused.invalid("The body of your request is shorter than its Content-Length.");
        } finally {
            if (!whole) done(declared);
        }
    }

    private byte[] readUnknown(InputStream in) throws IOException {
        byte[] body = new byte[0];
        int length = 0;
        byte[] part = new byte[64 * 1024];
        boolean whole = false;
        try {
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                if (length + read > bytesMax) throw tooLarge();
                reserve(read);
                if (body.length - length < read) body = Arrays.copyOf(body, Math.max(body.length * 2, length + read));
                System.arraycopy(part, 0, body, length, read);
                length += read;
            }
            whole = true;
            return Arrays.copyOf(body, length);
        } finally {
            if (!whole) done(length);
        }
    }

    /** @throws Refused OVERLOADED if there is no room for so much more */
    void reserve(long bytes) {
        if (bytesOfAll.addAndGet(bytes) <= bytesOfAllMax) return;
        bytesOfAll.addAndGet(-bytes);
        throw new Refused(Refusal.OVERLOADED);
    }

    void done(long bytes) {
        bytesOfAll.addAndGet(-bytes);
    }

    private Refused tooLarge() {
        return new Refused(Refusal.TOO_LARGE, "The body of your request is larger than " + (bytesMax >> 20) + " MB.");
    }
}
