package io.ashlar.local;

import java.nio.file.Path;

/** Child processes of this JVM. */
final class EmbeddedStack {

    private EmbeddedStack() {}

    static Stack start(StackOptions options) {
        throw new UnsupportedOperationException("not yet: " + options.directory());
    }

    static Stack attach(Path directory) {
        throw new UnsupportedOperationException("not yet: " + directory);
    }
}
