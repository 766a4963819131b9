package io.tollbook.console.playground;

/** What a request may say to shape its answer. Each is sent only where it is switched on: models refuse what they do not know. */
enum Parameter {
    TEMPERATURE("temperature", "Temperature", 0, 2, 0.1, 0.7),
    TOP_P("top_p", "Top P", 0, 1, 0.05, 1),
    MAX_TOKENS("max_tokens", "Longest answer", 1, 1_000_000, 1, 4_096),
    FREQUENCY_PENALTY("frequency_penalty", "Frequency penalty", -2, 2, 0.1, 0),
    PRESENCE_PENALTY("presence_penalty", "Presence penalty", -2, 2, 0.1, 0),
    SEED("seed", "Seed", 0, 2_147_483_647, 1, 0);

    private final String key;
    private final String label;
    private final double least;
    private final double most;
    private final double step;
    private final double usual;

    Parameter(String key, String label, double least, double most, double step, double usual) {
        this.key = key;
        this.label = label;
        this.least = least;
        this.most = most;
        this.step = step;
        this.usual = usual;
    }

    String key() {
        return key;
    }

    String label() {
        return label;
    }

    double least() {
        return least;
    }

    double most() {
        return most;
    }

    double step() {
        return step;
    }

    double usual() {
        return usual;
    }

    boolean isWhole() {
        return step == 1;
    }
}
