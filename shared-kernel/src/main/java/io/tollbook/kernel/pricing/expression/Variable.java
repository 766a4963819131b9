package io.tollbook.kernel.pricing.expression;

import io.tollbook.kernel.account.Meter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The counts a formula may name. */
enum Variable {
    /** All of the prompt that has no variable of its own in the formula. */
    P("p", true),
    CR("cr", true),
    CC("cc", true),
    CC1H("cc1h", true),
    IMG("img", true),
    AI("ai", true),
    /** All of the answer that has no variable of its own in the formula. */
    C("c", false),
    IMG_O("img_o", false),
    AO("ao", false);

    static final int COUNT = values().length;

    final String name;
    final boolean isPrompt;

    Variable(String name, boolean isPrompt) {
        this.name = name;
        this.isPrompt = isPrompt;
    }

    static @Nullable Variable named(String name) {
        for (Variable variable : values()) if (variable.name.equals(name)) return variable;
        return null;
    }

    /** Where each meter counts, if the formula names these variables. */
    static Map<Meter, Variable> places(Set<Variable> named) {
        Map<Meter, Variable> places = new EnumMap<>(Meter.class);
        places.put(Meter.INPUT, P);
        places.put(Meter.CACHE_READ, first(named, CR, P));
        Variable written = first(named, CC, P);
        places.put(Meter.CACHE_WRITE_5M, written);
        places.put(Meter.CACHE_WRITE_1H, first(named, CC1H, written));
        places.put(Meter.IMAGE_INPUT, first(named, IMG, P));
        places.put(Meter.AUDIO_INPUT, first(named, AI, P));
        places.put(Meter.OUTPUT, C);
        places.put(Meter.REASONING, C);
        places.put(Meter.IMAGE_OUTPUT, first(named, IMG_O, C));
        places.put(Meter.AUDIO_OUTPUT, first(named, AO, C));
        return places;
    }

    private static Variable first(Set<Variable> named, Variable own, Variable otherwise) {
        return named.contains(own) ? own : otherwise;
    }
}
