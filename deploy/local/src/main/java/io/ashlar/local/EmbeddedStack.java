package io.ashlar.local;

import java.nio.file.Path;
import java.util.Optional;

/** Child processes of this JVM. */
final class EmbeddedStack {

    private EmbeddedStack() {}

    static Stack start(StackOptions options) {
        return attach(options.directory());
    }

    static Stack attach(Path directory) {
        return Optional.<Stack>empty().orElseThrow(() -> new StackException("not yet: " + directory));
    }
}
