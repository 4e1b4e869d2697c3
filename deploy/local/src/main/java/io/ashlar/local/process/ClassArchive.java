package io.ashlar.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A dynamic class data sharing archive (JEP 350) of a server's classes: Kafka starts with a third of the processor time.
 * The first stack on a machine records it, which makes that stack's end some seconds longer; later ones use it.
 *
 * @param file in the cache, for this server and this Java
 * @param recorded where a recording JVM writes; moved to {@code file} when that JVM has ended by itself
 */
public record ClassArchive(Path file, Path recorded) {

    /**
     * The archive of one server.
     *
     * @param cache where archives are kept
     * @param name server and version
     * @param data the server's directory in its stack
     */
    public static ClassArchive of(Path cache, String name, Path data) {
        String java = System.getProperty("java.vm.version").replaceAll("[^A-Za-z0-9.]", "-");
        return new ClassArchive(cache.resolve(name + "-" + java + ".jsa"), data.resolve("classes.jsa"));
    }

    /** For the command line. An archive that does not fit (a jar was replaced) is passed over by the JVM. */
    List<String> options() {
        return recording()
                ? List.of("-XX:ArchiveClassesAtExit=" + recorded, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off");
    }

    boolean recording() {
        return !Files.isRegularFile(file);
    }

    /** Ends a recording server in order and keeps what it recorded; others are left as they are. */
    public void finish(Children children, String name, java.time.Duration within) throws IOException {
        if (!recording()) {
            return;
        }
        boolean ended = children.find(name).map(child -> child.stop(within)).orElse(false);
        if (ended && Files.isRegularFile(recorded)) {
            Files.move(recorded, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
