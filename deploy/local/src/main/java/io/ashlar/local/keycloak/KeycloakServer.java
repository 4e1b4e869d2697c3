package io.ashlar.local.keycloak;

import io.ashlar.local.oidc.Account;
import io.ashlar.local.oidc.IssuerSettings;
import io.ashlar.local.process.Artifacts;
import io.ashlar.local.process.Directories;
import io.ashlar.local.process.FileLocks;
import io.ashlar.local.process.JavaCommand;
import io.ashlar.local.process.Launch;
import io.ashlar.local.process.Program;
import io.ashlar.local.process.Programs;
import io.ashlar.local.process.Tar;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Keycloak with the realm {@code ashlar}, on a database file of its own.
 *
 * @param home the built installation, shared by all stacks of this machine
 * @param data its directory
 * @param host where to connect
 * @param settings clients, audience and lifetime, and where it listens
 * @param accounts imported at the first start
 */
public record KeycloakServer(Path home, Path data, String host, IssuerSettings settings, List<Account> accounts)
        implements Program {

    /** The realm. */
    public static final String REALM = Realm.NAME;

    /** A client of the master realm that may administer; its secret is the trial secret. */
    public static final String ADMIN_CLIENT = "ashlar-realm-admin";

    private static final String RUNNER = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";
    private static final int TIMEOUT_MILLIS = 5_000;

    public KeycloakServer {
        accounts = List.copyOf(accounts);
    }

    /** Fetches the archive where it is missing, unpacks it, and builds it for its database: once. */
    public static Path prepare(Artifacts artifacts, Path cache) throws IOException {
        Path home = cache.resolve("keycloak-" + artifacts.keycloakVersion());
        Files.createDirectories(cache);
        try (FileLocks lock = FileLocks.exclusive(cache.resolve("keycloak.lock"))) {
            lock.held();
            if (!Files.isDirectory(home)) {
                if (!Files.isRegularFile(artifacts.keycloak())) {
                    fetch(artifacts, cache);
                }
                Path fresh = cache.resolve("keycloak.new");
                Directories.delete(fresh);
                try (InputStream in = new GZIPInputStream(Files.newInputStream(artifacts.keycloak()))) {
                    Tar.extract(in, fresh);
                }
                Path unpacked;
                try (Stream<Path> folders = Files.list(fresh)) {
                    unpacked = folders.findFirst().orElseThrow(() -> new IOException("the archive is empty"));
                }
                Programs.run(
                        List.of(
                                "/usr/bin/env",
                                "JAVA_HOME=" + System.getProperty("java.home"),
                                unpacked.resolve("bin/kc.sh").toString(),
                                "build",
                                "--db=dev-file"),
                        unpacked);
                Files.move(unpacked, home);
            }
        }
        return home;
    }

    private static void fetch(Artifacts artifacts, Path cache) throws IOException {
        Programs.run(
                List.of(
                        "mvn",
                        "-B",
                        "-ntp",
                        "-Dmaven.repo.local=" + artifacts.repository(),
                        "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:get",
                        "-Dartifact=org.keycloak:keycloak-quarkus-dist:" + artifacts.keycloakVersion() + ":tar.gz",
                        "-Dtransitive=false"),
                cache);
    }

    @Override
    public Launch launch() throws IOException {
        Path own = data.resolve("home");
        Path imported = own.resolve("data/import");
        Files.createDirectories(imported);
        for (String shared : List.of("lib", "providers", "themes", "conf")) {
            if (!Files.exists(own.resolve(shared))) {
                Files.createSymbolicLink(own.resolve(shared), home.resolve(shared));
            }
        }
        // A realm that is there already is left as it is.
        Directories.writeSecret(imported.resolve("ashlar-realm.json"), Realm.json(settings, accounts));
        List<String> command = new java.util.ArrayList<>(JavaCommand.server(
                RUNNER,
                "512m",
                List.of(
                        "-XX:MaxMetaspaceSize=256m",
                        "-Dkc.home.dir=" + own,
                        "-Djboss.server.config.dir=" + home.resolve("conf"),
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Dpicocli.disable.closures=true",
                        "-Dkc.config.built=true"),
                List.of(home.resolve("lib/quarkus-run.jar"))));
        command.addAll(List.of(
                "start",
                "--optimized",
                "--import-realm",
                "--http-enabled=true",
                "--http-host=" + settings.listenAddress(),
                "--http-port=" + settings.port(),
                "--hostname=http://" + host + ":" + settings.port(),
                "--cache=local",
                "--log-level=warn"));
        // Made with the database, at the first start; later starts leave it as it is.
        Map<String, String> administrator = Map.of(
                "KC_BOOTSTRAP_ADMIN_CLIENT_ID",
                ADMIN_CLIENT,
                "KC_BOOTSTRAP_ADMIN_CLIENT_SECRET",
                settings.trialSecret());
        return new Launch("oidc", command, administrator, own, Launch.StopSignal.TERM);
    }

    /** The next start imports the realm again. */
    public static void forgetPeople(Path data) throws IOException {
        Directories.delete(data.resolve("home/data"));
    }

    @Override
    public boolean ready() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(settings.issuer() + "/.well-known/openid-configuration")
                        .toURL()
                        .openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } finally {
            connection.disconnect();
        }
    }
}
