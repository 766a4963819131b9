package io.tollbook.bench.clients;

/** Which model a tool asks for. */
enum Asking {
    /** One of its vendor's, which the channel maps to what the provider has: the tool behaves as at home. */
    OWN("its vendor's"),
    /** The provider's, by its name: the tool takes it for a model it does not know. */
    PROVIDER("the provider's");

    private final String label;

    Asking(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    String model(CommandLine tool, Upstream upstream) {
        return this == OWN ? tool.model() : upstream.model();
    }
}
