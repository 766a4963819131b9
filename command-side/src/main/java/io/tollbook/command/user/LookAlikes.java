package io.tollbook.command.user;

import io.tollbook.kernel.user.Usernames;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Names that look the same to a person are the same name: a Cyrillic "аnn" cannot sit beside a Latin "ann". */
final class LookAlikes {
    /** Cyrillic, Greek, Armenian and Latin letters, in lower case, beside the Latin letter they are drawn like. */
    private static final Map<Integer, Integer> LATIN = table(
            "аaеeоoрpсcуyхxкkмmтtнhвbіiјjѕsԁdԛqԝwһhӏlгrпnєeґr",
            "αaοoνvρpτtυuιiκkχxωwγyηnεeβb",
            "օoսuոnհhյjցgզqսu",
            "ıiɑaɡgıiʏyᴏo");

    private LookAlikes() {}

    private static Map<Integer, Integer> table(String... pairs) {
        return IntStream.range(0, pairs.length)
                .mapToObj(i -> pairs[i].codePoints().toArray())
                .flatMap(points -> IntStream.range(0, points.length / 2)
                        .mapToObj(i -> Map.entry(points[2 * i], points[2 * i + 1])))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));
    }

    /** The form in which look-alikes are equal. For comparing only; nobody is shown it. */
    static String skeleton(String name) {
        return Usernames.canonical(name)
                .codePoints()
                .map(point -> LATIN.getOrDefault(point, point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
