package io.tollbook.console.pricing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The address of a model's page. A model's name may hold anything: its slashes part the address like any other, all else that
 * an address could misread is written in percent. A name that browsers would shorten, with {@code ..} or {@code //} in it,
 * goes into the query.
 */
final class ModelAddress {
    static final String NAME = "name";
    private static final String PATH = "pricing/";
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~:@";

    private ModelAddress() {}

    /** @param look how the pages show prices, as their parameters say it */
    static String of(String model, Map<String, String> look) {
        boolean plain = Arrays.stream(model.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        String query = look.entrySet().stream()
                .map(one -> one.getKey() + "=" + percent(one.getValue()))
                .collect(Collectors.joining("&"));
        if (!plain) query = NAME + "=" + percent(model) + (query.isEmpty() ? "" : "&" + query);
        String path = plain
                ? Arrays.stream(model.split("/", -1)).map(ModelAddress::percent).collect(Collectors.joining("/"))
                : "-";
        return PATH + path + (query.isEmpty() ? "" : "?" + query);
    }

    /** What {@link #of} made of a path. */
    static String model(List<String> parts) {
        return parts.stream()
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .collect(Collectors.joining("/"));
    }

    static String percent(String text) {
        StringBuilder written = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            char sign = (char) (one & 0xff);
            if (UNRESERVED.indexOf(sign) >= 0) written.append(sign);
            else written.append('%').append(String.format("%02X", one & 0xff));
        }
        return written.toString();
    }
}
