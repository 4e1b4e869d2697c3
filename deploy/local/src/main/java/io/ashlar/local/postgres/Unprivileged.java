package io.ashlar.local.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs commands as {@code nobody} where we are root: PostgreSQL refuses to run as root. */
public final class Unprivileged {

    static final String USER = "nobody";

    private static final String ID = "65534";
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private Unprivileged() {}

    static boolean needed() {
        return ROOT;
    }

    /** The command, preceded by what changes the user; programs that exec, so that the pid stays. */
    static List<String> command(List<String> command) {
        if (!ROOT) {
            return command;
        }
        List<String> changed = new ArrayList<>(changer());
        changed.addAll(command);
        return changed;
    }

    private static List<String> changer() {
        if (onPath("setpriv")) {
            return List.of("setpriv", "--reuid=" + ID, "--regid=" + ID, "--clear-groups", "--");
        }
        if (onPath("runuser")) {
            return List.of("runuser", "-u", USER, "--");
        }
        throw new IllegalStateException(
                "PostgreSQL does not run as root, and neither setpriv nor runuser (util-linux) is here: use another user");
    }

    /** Gives a file or directory (not what is in it) to the unprivileged user. */
    static void own(Path path) throws IOException {
        if (ROOT) {
            UserPrincipal user =
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
            Files.setOwner(path, user);
        }
    }

    /**
     * A directory that the unprivileged user can get to: the wanted one, or if a parent is closed (as {@code /root} is)
     * one under {@code /var/tmp} with the same meaning.
     */
    public static Path reachable(Path wanted) {
        if (!ROOT || open(wanted)) {
            return wanted;
        }
        return Path.of("/var/tmp/ashlar-root", wanted.toString().substring(1).replace('/', '+'));
    }

    private static boolean open(Path path) {
        for (Path parent = path; parent != null; parent = parent.getParent()) {
            try {
                if (Files.exists(parent)
                        && !Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    private static boolean onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        return Stream.of(path.split(":", -1)).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
