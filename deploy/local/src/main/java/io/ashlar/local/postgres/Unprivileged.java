package io.ashlar.local.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Runs commands as {@code nobody} where we are root: PostgreSQL refuses to run as root. */
public final class Unprivileged {

    static final String USER = "nobody";

    private static final String ID = "65534";
    private static final int ROOT_ID = 0;
    private static final Path SHARED = Path.of("/var/tmp/ashlar-root");
    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> PASSABLE = PosixFilePermissions.fromString("rwx--x--x");
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
     * one under {@code /var/tmp/ashlar-root} with the same meaning.
     *
     * @throws IllegalStateException if somebody else made that directory, or could change what is in it
     */
    public static Path reachable(Path wanted) {
        if (!ROOT || open(wanted)) {
            return wanted;
        }
        try {
            return privateDirectory(SHARED, ROOT_ID)
                    .resolve(wanted.toString().substring(1).replace('/', '+'));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + SHARED, e);
        }
    }

    /**
     * Makes a directory in a place where every user of the machine may make one, or takes the one that is there if it is
     * ours alone: what others could have put there first would be run and read as ours.
     */
    static Path privateDirectory(Path directory, int owner) throws IOException {
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OURS));
            // The umask may have taken more away than we want: the unprivileged user has to pass.
            Files.setPosixFilePermissions(directory, PASSABLE);
            return directory;
        } catch (FileAlreadyExistsException e) {
            String why = fault(directory, owner);
            if (!why.isEmpty()) {
                throw new IllegalStateException(
                        directory + " " + why + ": another user may have made it; look at it and remove it", e);
            }
            return directory;
        }
    }

    private static String fault(Path directory, int owner) throws IOException {
        Map<String, Object> found = Files.readAttributes(
                directory, "unix:uid,permissions,isDirectory,isSymbolicLink", LinkOption.NOFOLLOW_LINKS);
        if (Boolean.TRUE.equals(found.get("isSymbolicLink"))) {
            return "is a link";
        }
        if (!Boolean.TRUE.equals(found.get("isDirectory"))) {
            return "is no directory";
        }
        if (!Integer.valueOf(owner).equals(found.get("uid"))) {
            return "belongs to user " + found.get("uid") + ", not to " + owner;
        }
        Set<?> permissions = (Set<?>) found.get("permissions");
        return permissions.contains(PosixFilePermission.GROUP_WRITE)
                        || permissions.contains(PosixFilePermission.OTHERS_WRITE)
                ? "can be written by others"
                : "";
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
