package io.ashlar.local;

/** How the servers are run; the same contract, two ways. */
enum StackProvider {
    /** Child processes of this JVM, from Maven artifacts. */
    EMBEDDED {
        @Override
        Stack start(StackOptions options) {
            return EmbeddedStack.start(options);
        }
    };

    static final String PROPERTY = "ashlar.stack";

    abstract Stack start(StackOptions options);

    static StackProvider chosen() {
        String name = System.getProperty(PROPERTY, "embedded");
        return switch (name) {
            case "embedded" -> EMBEDDED;
            default -> throw new IllegalArgumentException(PROPERTY + "=" + name + " is unknown; allowed: embedded");
        };
    }
}
