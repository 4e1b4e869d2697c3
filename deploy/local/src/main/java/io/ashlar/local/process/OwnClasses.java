package io.ashlar.local.process;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where this module's classes are: a jar of the local repository, or the build folder. Child JVMs run from a copy, so that
 * a build in the meantime takes nothing from under them: a watchdog that cannot load its classes would end nothing.
 */
public final class OwnClasses {

    private OwnClasses() {}

    /** Copies them once into a stack's directory; returns what can be put on a class path. */
    public static Path copyTo(Path directory) throws IOException {
        Path from = location();
        Path to = directory.resolve(Files.isDirectory(from) ? "classes" : "classes.jar");
        if (Files.exists(to)) {
            return to;
        }
        Files.createDirectories(directory);
        Path staging = directory.resolve("classes.new");
        Directories.delete(staging);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, staging.resolve(from.relativize(file).toString()));
            }
        }
        Files.move(staging, to);
        return to;
    }

    /** What {@link #copyTo} made is removed; classes that are loaded stay loaded. */
    public static void removeCopy(Path directory) throws IOException {
        Directories.delete(directory.resolve("classes"));
        Directories.delete(directory.resolve("classes.jar"));
    }

    /** A jar or directory that can be put on a class path. */
    public static Path location() {
        String resource = OwnClasses.class.getName().replace('.', '/') + ".class";
        URL url = OwnClasses.class.getClassLoader().getResource(resource);
        if (url == null) {
            throw new IllegalStateException("cannot find " + resource + " on the class path");
        }
        String text = url.toString();
        if (text.startsWith("jar:")) {
            return Path.of(URI.create(text.substring("jar:".length(), text.indexOf("!/"))));
        }
        if (text.startsWith("file:")) {
            return Path.of(URI.create(text.substring(0, text.length() - resource.length())));
        }
        throw new IllegalStateException("cannot run child JVMs from " + text);
    }
}
