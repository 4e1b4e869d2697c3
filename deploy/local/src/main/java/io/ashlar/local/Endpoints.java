package io.ashlar.local;

import io.ashlar.local.Stack.Server;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Where the servers of a stack are and how to sign in to them. Holds secrets: {@link #toString()} leaves them out.
 *
 * @param addresses where each started server is reached from this machine
 * @param outside where each is reached by whoever gets to {@link StackOptions#listenAddress()}; empty on loopback alone
 * @param issuer the issuer URL that tokens carry and discovery is found under; empty without {@link Server#OIDC}
 * @param tokenUrl the issuer's token endpoint; empty without {@link Server#OIDC}
 * @param secrets generated for this stack
 */
public record Endpoints(
        Map<Server, Address> addresses, Map<Server, Address> outside, String issuer, String tokenUrl, Secrets secrets) {

    /** The ports of {@code ashlar up}. */
    public static final Map<Server, Integer> FIXED_PORTS = Map.of(
            Server.DATA_PRIMARY, 15432,
            Server.DATA_REPLICA_1, 15433,
            Server.DATA_REPLICA_2, 15434,
            Server.CONTROL, 15435,
            Server.KAFKA, 19092,
            Server.REDIS, 16379,
            Server.S3, 19000,
            Server.OIDC, 18080);

    /** The bucket that is made for exports. */
    public static final String EXPORT_BUCKET = "ashlar-exports";

    /** Any region will do for the S3 server; signatures need one. */
    public static final String S3_REGION = "us-east-1";

    public static final String DATA_DATABASE = "data";
    public static final String CONTROL_DATABASE = "control";

    /** Superuser of all PostgreSQL servers, for tests and repairs only. */
    public static final String SUPERUSER = "postgres";

    /** Where {@code ashlar up --listen} has Kafka for outside clients: each listener tells its own address. */
    public static final int KAFKA_OUTSIDE_PORT = 19_094;

    public Endpoints {
        addresses = Map.copyOf(addresses);
        // A file of an earlier version has none.
        outside = outside == null ? Map.of() : Map.copyOf(outside);
    }

    /** The same servers as they are reached from outside, a container or another machine; itself on loopback alone. */
    public Endpoints fromOutside() {
        return outside.isEmpty() ? this : new Endpoints(outside, outside, issuer, tokenUrl, secrets);
    }

    /**
     * A host and a port.
     *
     * @param host name or IP address
     * @param port 1 to 65535
     */
    public record Address(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * What was generated for this stack.
     *
     * @param databasePasswords by PostgreSQL role, the superuser included
     * @param redisPassword the default user's
     * @param s3AccessKey public half
     * @param s3SecretKey secret half
     * @param clientSecrets by OIDC client id ({@code ashlar-authz}, …)
     * @param userPasswords by trial user name ({@code ana}, …)
     * @param trialSecret header {@code Ashlar-Trial-Secret} of the built-in issuer's trial endpoints
     */
    public record Secrets(
            Map<String, String> databasePasswords,
            String redisPassword,
            String s3AccessKey,
            String s3SecretKey,
            Map<String, String> clientSecrets,
            Map<String, String> userPasswords,
            String trialSecret) {

        public Secrets {
            databasePasswords = Map.copyOf(databasePasswords);
            clientSecrets = Map.copyOf(clientSecrets);
            userPasswords = Map.copyOf(userPasswords);
        }

        Secrets withUserPasswords(Map<String, String> passwords) {
            return new Secrets(
                    databasePasswords, redisPassword, s3AccessKey, s3SecretKey, clientSecrets, passwords, trialSecret);
        }

        @Override
        public String toString() {
            return "Secrets[…]";
        }
    }

    /** Where a server listens; empty if it was not asked for. */
    public Optional<Address> find(Server server) {
        return Optional.ofNullable(addresses.get(server));
    }

    /**
     * Where a server listens.
     *
     * @throws IllegalArgumentException if it was not asked for
     */
    public Address address(Server server) {
        return find(server)
                .orElseThrow(() -> new IllegalArgumentException(server + " is not among this stack's servers "
                        + addresses.keySet().stream().sorted().toList()));
    }

    /** JDBC URL of the house's database on that server ({@code data} or {@code control}), without credentials. */
    public String jdbcUrl(Server server) {
        return "jdbc:postgresql://" + address(server) + "/" + database(server);
    }

    /** The password of a PostgreSQL role. */
    public String databasePassword(String role) {
        String password = secrets.databasePasswords().get(role);
        if (password == null) {
            throw new IllegalArgumentException("no role " + role + " in "
                    + secrets.databasePasswords().keySet().stream().sorted().toList());
        }
        return password;
    }

    public String kafkaBootstrap() {
        return address(Server.KAFKA).toString();
    }

    /** {@code redis://:password@host:port}. */
    public String redisUrl() {
        return "redis://:" + secrets.redisPassword() + "@" + address(Server.REDIS);
    }

    public URI s3Url() {
        return URI.create("http://" + address(Server.S3));
    }

    /**
     * The configuration a service needs to use this stack; the keys are the contract in this module's README. Servers
     * that were not asked for leave their keys out.
     *
     * @param service {@code authz}, {@code filter}, {@code ingest}, {@code router} or {@code export}
     */
    public Map<String, String> quarkusConfig(String service) {
        return ServiceConfig.of(this, service);
    }

    static String database(Server server) {
        if (!server.isPostgres()) {
            throw new IllegalArgumentException(server + " is no PostgreSQL server");
        }
        return server == Server.CONTROL ? CONTROL_DATABASE : DATA_DATABASE;
    }
}
