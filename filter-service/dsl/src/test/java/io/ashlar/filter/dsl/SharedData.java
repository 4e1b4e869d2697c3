package io.ashlar.filter.dsl;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files that are not part of this repository, beside it or where {@code ASHLAR_SHARED} says. */
final class SharedData {

    private SharedData() {}

    /** The file; the test is skipped, loudly, where it is not at hand. */
    static Path require(String name) {
        Path root = Path.of(System.getProperty("ashlar.root", "../.."));
        String shared = Optional.ofNullable(System.getProperty("ashlar.shared"))
                .or(() -> Optional.ofNullable(System.getenv("ASHLAR_SHARED")))
                .orElse("../shared");
        Path file = root.resolve(shared).resolve(name);
        if (!Files.isReadable(file)) {
            System.err.println("SKIPPED: there is no " + file + "; set ASHLAR_SHARED");
        }
        assumeTrue(Files.isReadable(file), "no " + name);
        return file;
    }
}
