package io.tollbook.relay.affinity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which calls belong together.
 *
 * @param models one of which must be found in the client's model name
 * @param paths one of which must be found in the request's path; empty for any
 * @param userAgents one of which the client's must contain, in small letters; empty for any
 * @param sources where the value that they share may stand; the first that is there counts
 * @param value what that value must be like; null for anything
 * @param ttlSeconds how long it is remembered after the last call; 0 for the site's default
 * @param staysOnFailure whether a call that fails there is tried nowhere else
 */
record AffinityRule(
        String name,
        List<Pattern> models,
        List<Pattern> paths,
        List<String> userAgents,
        List<Source> sources,
        @Nullable Pattern value,
        long ttlSeconds,
        boolean staysOnFailure,
        boolean byGroup,
        boolean byModel,
        boolean byRule) {
    private static final int VALUE_MAX = 64;

    enum Kind {
        BODY,
        HEADER,
        CALLER
    }

    /** @param name a path into the body, a header's name, or what is asked of the caller */
    record Source(Kind kind, String name) {}

    boolean fits(String model, String path, String userAgent) {
        return models.stream().anyMatch(pattern -> pattern.matcher(model).find())
                && (paths.isEmpty()
                        || paths.stream()
                                .anyMatch(pattern -> pattern.matcher(path).find()))
                && (userAgents.isEmpty() || userAgents.stream().anyMatch(userAgent::contains));
    }

    /** Null if none of the sources has a value that fits. */
    @Nullable
    String key(CallView call) {
        for (Source source : sources) {
            String found = call.value(source);
            if (found == null || found.isBlank()) continue;
            if (value != null && !value.matcher(found).find()) continue;
            return (byRule ? name + "|" : "")
                    + (byModel ? call.model() + "|" : "")
                    + (byGroup ? call.group() + "|" : "")
                    + shortened(found);
        }
        return null;
    }

    /** Long values, and what clients say of themselves, are not kept as they are. */
    private static String shortened(String found) {
        if (found.length() <= VALUE_MAX) return found;
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(found.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
