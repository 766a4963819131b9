package io.tollbook.relay.call;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.idempotency.Claim;
import io.tollbook.kernel.idempotency.IdempotentAnswers;
import io.tollbook.kernel.idempotency.StoredAnswer;
import io.tollbook.kernel.token.Admission;
import io.tollbook.relay.conversation.Failure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call that its client may repeat under a key of its own: whatever became of the connection, it is charged once, and the
 * repetition gets the answer that was charged. Its answer is read to the end even if nobody is there any more, as somebody
 * will come for it.
 *
 * <p>The key is taken, durably, before the hold; the answer is kept after the settlement and before its last byte leaves. A
 * call that ends without a charge gives the key back. If the process dies in between, the key comes free with the hold's lease.
 */
final class Repeatable {
    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotent-Replayed";

    private static final Logger log = LoggerFactory.getLogger(Repeatable.class);
    private static final int KEY_MAX = 255;

    private final IdempotentAnswers answers;
    private final Admission by;
    private final String key;
    private final String call;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean tooLong;
    private boolean kept;

    private Repeatable(IdempotentAnswers answers, Admission by, String key, String call) {
        this.answers = answers;
        this.by = by;
        this.key = key;
        this.call = call;
    }

    /** What a client is told whose key is taken. */
    static final class Taken extends Exception {
        private static final long serialVersionUID = 1L;
        final transient Failure failure;

        private Taken(int status, String code, String message, int retryAfterSeconds) {
            super(message, null, false, false);
            failure = new Failure(status, "idempotency_error", code, null, message, retryAfterSeconds);
        }
    }

    /** The answer to a repeated request. */
    static final class Repeated extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient StoredAnswer answer;

        private Repeated(StoredAnswer answer) {
            super("repeated", null, false, false);
            this.answer = answer;
        }

        void writeTo(HttpServletResponse response) throws IOException {
            response.setStatus(answer.status());
            response.setContentType(answer.type());
            response.setHeader(REPLAYED, "true");
            response.getOutputStream().write(answer.body());
        }
    }

    /** @throws Refused INVALID for a key that is none */
    static Repeatable claim(
            IdempotentAnswers answers,
            Admission by,
            HttpServletRequest asked,
            byte[] body,
            String call,
            Instant leaseEnd)
            throws Taken, Repeated {
        String stripped = asked.getHeader(HEADER).strip();
        if (stripped.isEmpty()
                || stripped.length() > KEY_MAX
                || !stripped.chars().allMatch(c -> c > ' ' && c < 127))
            throw Refused.invalid(HEADER + " must have 1 to " + KEY_MAX + " visible ASCII characters.");
        String digest = digest(scope(by), stripped.getBytes(StandardCharsets.US_ASCII));
        Claim claim;
        try {
            claim = answers.claim(by.user(), by.token(), digest, request(asked, body), call, leaseEnd);
        } catch (RuntimeException e) {
            log.warn("{} could not take its key", call, e);
            throw new Refused(Refusal.LEDGER_UNAVAILABLE);
        }
        switch (claim) {
            case Claim.First first -> {
                return new Repeatable(answers, by, digest, call);
            }
            case Claim.Running running ->
                throw new Taken(
                        409, "idempotency_in_progress", "The same request is being answered at this moment.", 1);
            case Claim.Otherwise otherwise ->
                throw new Taken(422, "idempotency_key_reused", "This " + HEADER + " was used for another request.", 0);
            case Claim.Answered answered -> {
                if (answered.answer().isKept()) throw new Repeated(answered.answer());
                throw new Taken(
                        409,
                        "idempotent_answer_too_large",
                        "This request was answered and charged, but its answer was too large to be kept.",
                        0);
            }
        }
    }

    /** Answers are kept by the API key, and calls without one share a number: there it is the user's own answer, too. */
    private static byte[] scope(Admission by) {
        String user = by.token().isSession() ? by.user().value() + "\n" : "";
        return user.getBytes(StandardCharsets.US_ASCII);
    }

    /** The query, too, says what the answer looks like. */
    private static String request(HttpServletRequest asked, byte[] body) {
        String line = asked.getRequestURI() + "?" + asked.getQueryString() + "\n";
        return digest(line.getBytes(StandardCharsets.UTF_8), body);
    }

    private static String digest(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) digest.update(part);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes note of what the client gets. */
    void sent(byte[] bytes, int length) {
        if (tooLong) return;
        tooLong = body.size() + length > StoredAnswer.BYTES_MAX;
        if (tooLong) body.reset();
        else body.write(bytes, 0, length);
    }

    /** The call is charged, and all of its answer was noted. What fails here changes nothing for the answer. */
    void keep(int status, String type) {
        kept = true;
        try {
            answers.keep(by.user(), by.token(), key, call, new StoredAnswer(status, type, body.toByteArray()));
        } catch (RuntimeException e) {
            log.warn("{} could not keep its answer; who repeats it has to wait for the lease to end", call, e);
        }
    }

    /** The call is over: without a charge, or with an answer that is not whole, unless it was kept. */
    void release() {
        if (kept) return;
        try {
            answers.release(by.token(), key, call);
        } catch (RuntimeException e) {
            log.warn("{} could not give its key back; it comes free with the lease", call, e);
        }
    }
}
