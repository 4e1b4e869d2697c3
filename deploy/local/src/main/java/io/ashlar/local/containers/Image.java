package io.ashlar.local.containers;

import java.util.Locale;

/** What servers run from; each name can be replaced by {@code -Dashlar.stack.images.<name>=…}. */
public enum Image {
    POSTGRES("ashlar-local/postgres:18.6.0"),
    KAFKA("ashlar-local/kafka:4.1.1"),
    REDIS("ashlar-local/redis:6.2"),
    S3("ashlar-local/s3proxy:4.1.1");

    private static final String PROPERTY = "ashlar.stack.images.";

    private final String standard;

    Image(String standard) {
        this.standard = standard;
    }

    /** The image to run. */
    public String reference() {
        return System.getProperty(PROPERTY + name().toLowerCase(Locale.ROOT), standard);
    }
}
