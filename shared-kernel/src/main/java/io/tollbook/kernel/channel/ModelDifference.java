package io.tollbook.kernel.channel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How a channel's models differ from its provider's.
 *
 * @param added what the provider has and the channel does not serve
 * @param removed what the channel serves and the provider does not have
 */
public record ModelDifference(List<String> added, List<String> removed) {
    public static final ModelDifference NONE = new ModelDifference(List.of(), List.of());
    /** Begins a pattern in a list of models to be ignored. */
    public static final String REGEX = "regex:";

    /**
     * What the channel's mapping sends out is served already, under another name; what the mapping takes in need not be at the
     * provider.
     *
     * @param offered by the provider
     * @param ignored names, and patterns behind {@link #REGEX}, that nobody wants to hear of
     */
    public static ModelDifference of(ChannelTerms terms, List<String> offered, List<String> ignored) {
        Set<String> served = new HashSet<>(terms.models());
        served.addAll(terms.modelMapping().values());
        Predicate<String> unwanted = unwanted(ignored);
        List<String> added = offered.stream()
                .filter(name -> !served.contains(name) && !unwanted.test(name))
                .distinct()
                .toList();
        Set<String> there = new HashSet<>(offered);
        List<String> removed = terms.models().stream()
                .filter(name -> !there.contains(name) && !terms.modelMapping().containsKey(name))
                .toList();
        return new ModelDifference(added, removed);
    }

    private static Predicate<String> unwanted(List<String> ignored) {
        Set<String> names = new HashSet<>();
        List<Pattern> patterns = new ArrayList<>();
        for (String entry : ignored) {
            if (!entry.startsWith(REGEX)) names.add(entry);
            else
                try {
                    patterns.add(Pattern.compile(entry.substring(REGEX.length())));
                } catch (PatternSyntaxException e) {
                    // Stored by other means than ours, which refuse it; it fits nothing.
                }
        }
        return name -> names.contains(name)
                || patterns.stream().anyMatch(pattern -> pattern.matcher(name).find());
    }

    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty();
    }

    /** The models after taking some in and some out; what is in both is taken in. */
    public static List<String> applied(List<String> models, List<String> taken, List<String> dropped) {
        Set<String> after = new LinkedHashSet<>(models);
        dropped.forEach(after::remove);
        after.addAll(taken);
        return List.copyOf(after);
    }
}
