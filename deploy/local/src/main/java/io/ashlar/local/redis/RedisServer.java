package io.ashlar.local.redis;

import io.ashlar.local.process.Artifacts;
import io.ashlar.local.process.Directories;
import io.ashlar.local.process.FileLocks;
import io.ashlar.local.process.Launch;
import io.ashlar.local.process.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * One Redis server.
 *
 * @param binary the program
 * @param data working directory
 * @param listenAddresses what it binds
 * @param host where to connect
 * @param port where to connect
 * @param password of the default user
 * @param durable append-only file on
 */
public record RedisServer(
        Path binary, Path data, List<String> listenAddresses, String host, int port, String password, boolean durable)
        implements Program {

    /** Takes the program for this machine out of its jar, once. */
    public static Path prepare(Artifacts artifacts, Path cache) throws IOException {
        String platform = platform();
        Path jar = artifacts.redis();
        Path binary = cache.resolve(jar.getFileName().toString().replace(".jar", "") + "-" + platform);
        Files.createDirectories(cache);
        try (FileLocks lock = FileLocks.exclusive(cache.resolve("redis.lock"))) {
            lock.held();
            if (!Files.isExecutable(binary)) {
                unpack(jar, platform, binary);
            }
        }
        return binary;
    }

    private static void unpack(Path jar, String platform, Path binary) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.stream()
                    .filter(file -> file.getName().startsWith("redis-server-")
                            && file.getName().endsWith(platform))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no Redis for " + platform + " in " + jar));
            Path fresh = binary.resolveSibling(binary.getFileName() + ".new");
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(fresh, binary, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    static String platform() {
        String arch =
                switch (System.getProperty("os.arch")) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    default -> throw new IllegalStateException("no Redis for " + System.getProperty("os.arch"));
                };
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        return (mac ? "darwin-" : "linux-") + arch;
    }

    @Override
    public Launch launch() throws IOException {
        Files.createDirectories(data);
        Path configuration = data.resolve("redis.conf");
        Directories.writeSecret(
                configuration,
                configuration(listenAddresses, port, password, data.toString(), durable)
                        .getBytes(StandardCharsets.UTF_8));
        return new Launch(
                "redis", List.of(binary.toString(), configuration.toString()), Map.of(), data, Launch.StopSignal.TERM);
    }

    /** {@code redis.conf}. */
    public static String configuration(
            List<String> listenAddresses, int port, String password, String directory, boolean durable) {
        return """
                bind %s
                port %d
                requirepass %s
                dir "%s"
                maxmemory 128mb
                maxmemory-policy noeviction
                save ""
                appendonly %s
                daemonize no
                """.formatted(String.join(" ", listenAddresses), port, password, directory, durable ? "yes" : "no");
    }

    @Override
    public boolean ready() throws IOException {
        return new RedisNode(host, port, password).ready();
    }

    @Override
    public String toString() {
        return "RedisServer[" + host + ":" + port + "]";
    }
}
