package io.ashlar.local.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Command lines of child JVMs: this JVM's Java, a bounded heap, and only the class path they are given. */
public final class JavaCommand {

    private JavaCommand() {}

    /** This JVM's {@code java}. */
    public static String executable() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** For a small program of ours. */
    public static List<String> small(Class<?> main, String heap, List<Path> classPath) {
        return server(main.getName(), heap, List.of(), classPath);
    }

    /** For a server whose classes are archived. */
    public static List<String> server(
            String main, String heap, ClassArchive archive, List<String> options, List<Path> classPath) {
        List<String> all = new ArrayList<>(archive.options());
        all.addAll(options);
        return server(main, heap, all, classPath);
    }

    /** For a server. */
    public static List<String> server(String main, String heap, List<String> options, List<Path> classPath) {
        List<String> command = base(heap);
        // On a machine this small the optimising compiler costs more in a server's first minutes than it ever gives
        // back.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(options);
        command.addAll(List.of("-cp", join(classPath), main));
        return command;
    }

    private static List<String> base(String heap) {
        return new ArrayList<>(List.of(
                executable(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true"));
    }

    private static String join(List<Path> classPath) {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
