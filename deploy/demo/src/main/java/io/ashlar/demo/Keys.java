package io.ashlar.demo;

import io.ashlar.filter.impact.ImpactKeys;
import io.ashlar.local.Services.Service;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The signing and sealing keys of one installation: random, and kept where the platform is kept, so that receipts and
 * cursors outlive a restart.
 */
final class Keys {

    private static final int KEY_BYTES = 32;
    private static final List<String> NAMES = List.of(
            "seal",
            "cursor",
            "authz-cursor",
            "export-cursor",
            "ingest-cursor",
            "filter-impact",
            "ingest-receipt",
            "export-receipt");

    private final Properties values;

    private Keys(Properties values) {
        this.values = values;
    }

    /** New keys that are gone with the process. */
    static Keys random() {
        Properties values = new Properties();
        complete(values);
        return new Keys(values);
    }

    /** Whether some key had to be made. */
    private static boolean complete(Properties values) {
        boolean made = false;
        for (String name : NAMES) {
            made |= values.putIfAbsent(name, fresh()) == null;
        }
        return made;
    }

    /** The keys kept in {@code file}, made if there are none yet, or not all; readable by its owner only. */
    static Keys keptIn(Path file) {
        try {
            if (Files.exists(file)) {
                Properties values = new Properties();
                try (Reader reader = Files.newBufferedReader(file)) {
                    values.load(reader);
                }
                Keys kept = new Keys(values);
                if (complete(values)) {
                    kept.store(file);
                }
                return kept;
            }
            Keys made = random();
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            made.store(file);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("the keys in " + file + " cannot be read or written", e);
        }
    }

    private void store(Path file) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            values.store(writer, "Ashlar trial keys");
        }
    }

    /** What each service needs of them. */
    Map<String, String> configuration(Service service) {
        Map<String, String> keys = new HashMap<>();
        switch (service) {
            case AUTHZ -> {
                keys.put("ashlar.authz.cursor.keys", value("authz-cursor"));
                keys.put(
                        "ashlar.authz.impact.jwks",
                        ImpactKeys.parse(value("filter-impact")).jwks());
            }
            case FILTER -> {
                keys.put("ashlar.filter.seal.keys", value("seal"));
                keys.put("ashlar.filter.cursor.keys", value("cursor"));
                keys.put("ashlar.filter.impact.keys", value("filter-impact"));
            }
            case ROUTER -> keys.put("ashlar.router.seal.keys", value("seal"));
            case INGEST -> {
                keys.put("ashlar.ingest.receipt.keys", value("ingest-receipt"));
                keys.put("ashlar.ingest.cursor.keys", value("ingest-cursor"));
            }
            case EXPORT -> {
                keys.put("ashlar.export.receipt.keys", value("export-receipt"));
                keys.put("ashlar.export.cursor.keys", value("export-cursor"));
            }
        }
        return keys;
    }

    private String value(String name) {
        String value = values.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("the kept keys have no " + name);
        }
        return value;
    }

    private static String fresh() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return "k1:" + Base64.getEncoder().encodeToString(key);
    }
}
