package io.ashlar.local.process;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;

/** Where this module's classes are: a jar of the local repository, or the build folder. */
public final class OwnClasses {

    private OwnClasses() {}

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
