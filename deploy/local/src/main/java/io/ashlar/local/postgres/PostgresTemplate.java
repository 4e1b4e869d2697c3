package io.ashlar.local.postgres;

import io.ashlar.local.process.Artifacts;
import io.ashlar.local.process.Directories;
import io.ashlar.local.process.FileLocks;
import io.ashlar.local.process.Programs;
import io.ashlar.local.process.RandomSecret;
import io.ashlar.local.process.Tar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.tukaani.xz.XZInputStream;

/**
 * The unpacked server and an initialised, cleanly stopped data directory, made once per machine and version. Copies of
 * one directory have one system identifier, so that a copy can follow another copy as its replica from the first record.
 *
 * @param home where {@code bin} is
 * @param data the data directory to copy
 * @param superuserPassword generated with the directory and the same in every copy
 */
public record PostgresTemplate(Path home, Path data, String superuserPassword) {

    /** {@code max_connections} of each server. */
    public static final int MAX_CONNECTIONS = 300;

    /** Raised when what is below changes, so that old caches are left alone. */
    private static final int REVISION = 1;

    /** What every data directory is initialised with, besides its place and its password. */
    public static final List<String> INITIALISATION = List.of(
            "--username=postgres",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-sync",
            "--no-instructions");

    /** {@code postgresql.conf} of every server. */
    public static final String SETTINGS = """
            # Written by the local stack; ports, addresses and durability are on the command line.
            wal_level = logical
            max_connections = %d
            max_wal_senders = 10
            max_replication_slots = 10
            max_slot_wal_keep_size = 2GB
            hot_standby = on
            hot_standby_feedback = off
            wal_receiver_status_interval = 1s
            wal_retrieve_retry_interval = 100ms
            track_commit_timestamp = on
            shared_preload_libraries = 'pg_stat_statements'
            password_encryption = scram-sha-256
            unix_socket_directories = ''
            shared_buffers = 64MB
            max_wal_size = 1GB
            wal_buffers = 8MB
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            log_line_prefix = '%%m [%%p] user=%%u db=%%d '
            """.formatted(MAX_CONNECTIONS);

    /** {@code pg_hba.conf} of every server. */
    public static final String ACCESS = """
            # Passwords only, from wherever the server listens.
            host all all all scram-sha-256
            host replication all all scram-sha-256
            """;

    /** From the cache, or made now; safe against others making it at the same time. */
    public static PostgresTemplate prepare(Artifacts artifacts, Path cache) throws IOException {
        Path base = Unprivileged.reachable(cache).resolve("postgres-" + artifacts.postgresVersion() + "-r" + REVISION);
        Path secret = cache.resolve("postgres-" + artifacts.postgresVersion() + "-r" + REVISION + ".secret");
        Path home = base.resolve("server");
        Path data = base.resolve("data");
        Files.createDirectories(cache);
        Files.createDirectories(base);
        try (FileLocks lock = FileLocks.exclusive(cache.resolve("postgres.lock"))) {
            lock.held();
            if (!Files.isRegularFile(secret) || !Files.isDirectory(data)) {
                Directories.delete(home);
                Directories.delete(data);
                unpack(artifacts.postgres(), home);
                String password = RandomSecret.text();
                initialise(home, base, data, password);
                Directories.writeSecret(secret, password.getBytes(StandardCharsets.UTF_8));
            }
            return new PostgresTemplate(home, data, Files.readString(secret));
        }
    }

    /** Unpacks the server, {@code bin} and all. */
    public static void unpack(Path jar, Path home) throws IOException {
        Files.createDirectories(home);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry archive = zip.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no .txz in " + jar));
            try (InputStream in = new XZInputStream(zip.getInputStream(archive))) {
                Tar.extract(in, home);
            }
        }
    }

    private static void initialise(Path home, Path base, Path data, String password) throws IOException {
        Path fresh = base.resolve("data.new");
        Path passwordFile = base.resolve("password.tmp");
        Directories.delete(fresh);
        Files.createDirectories(fresh);
        Unprivileged.own(fresh);
        try {
            Directories.writeSecret(passwordFile, password.getBytes(StandardCharsets.UTF_8));
            Unprivileged.own(passwordFile);
            List<String> command = new ArrayList<>(
                    List.of(home.resolve("bin/initdb").toString(), "--pgdata=" + fresh, "--pwfile=" + passwordFile));
            command.addAll(INITIALISATION);
            Programs.run(Unprivileged.command(command), base);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.writeString(fresh.resolve("pg_hba.conf"), ACCESS);
        Path configuration = fresh.resolve("postgresql.conf");
        Files.writeString(configuration, SETTINGS);
        Files.move(fresh, data);
    }

    /** Copies the data directory, keeping the owner. */
    void copyTo(Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Path staging = target.resolveSibling(target.getFileName() + ".new");
        Directories.delete(staging);
        Files.createDirectory(staging);
        Unprivileged.own(staging);
        Programs.run(
                Unprivileged.command(List.of("cp", "-R", "-p", data + "/.", staging.toString())), target.getParent());
        Files.move(staging, target);
    }
}
