package io.ashlar.demo;

import io.ashlar.local.Stack.Server;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the PostgreSQL servers ran for some roles, as {@code pg_stat_statements} and the servers' logs tell it. */
final class Statements {

    private static final List<Server> SERVERS =
            List.of(Server.CONTROL, Server.DATA_PRIMARY, Server.DATA_REPLICA_1, Server.DATA_REPLICA_2);

    private static final String SEEN = """
            SELECT r.rolname || ' ' || s.queryid, r.rolname || ': ' || s.query, s.calls,
                (SELECT dealloc FROM public.pg_stat_statements_info)
            FROM public.pg_stat_statements AS s JOIN pg_roles AS r ON r.oid = s.userid
            WHERE r.rolname = ANY (?)
            """;

    private static final String CALLS = """
            SELECT coalesce(sum(s.calls), 0)
            FROM public.pg_stat_statements AS s JOIN pg_roles AS r ON r.oid = s.userid
            WHERE r.rolname = ANY (?) AND position(? IN s.query) > 0 AND s.query NOT ILIKE 'EXPLAIN%'
            """;

    /**
     * Statements.
     *
     * @param texts by role and {@code queryid}, on any of the servers: a replica has its primary's ids. A text alone does not tell
     *     statements apart: its constants are placeholders, but as they were sent where it was prepared before {@link #forget}
     * @param calls how often they ran in all
     */
    record Seen(Map<String, String> texts, long calls) {

        /** Those that {@code known} has not. */
        List<String> beyond(Seen known) {
            return texts.entrySet().stream()
                    .filter(statement -> !known.texts.containsKey(statement.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        @Override
        public String toString() {
            return "%d statements run %d times".formatted(texts.size(), calls);
        }
    }

    private final Platform platform;
    private final List<String> roles;
    private final Map<Server, Long> logged = new EnumMap<>(Server.class);

    Statements(Platform platform, String... roles) {
        this.platform = platform;
        this.roles = List.of(roles);
    }

    /** From now on. */
    void forget() throws SQLException, IOException {
        for (Server server : SERVERS) {
            try (Connection connection = FeatureTable.connect(platform, server)) {
                FeatureTable.texts(connection, "SELECT public.pg_stat_statements_reset()::text");
            }
            logged.put(server, Files.size(log(server)));
        }
    }

    Seen seen() throws SQLException {
        Map<String, String> texts = new TreeMap<>();
        long calls = 0;
        for (Server server : SERVERS) {
            try (Connection connection = FeatureTable.connect(platform, server);
                    PreparedStatement select = connection.prepareStatement(SEEN)) {
                select.setArray(1, connection.createArrayOf("text", roles.toArray()));
                try (ResultSet result = select.executeQuery()) {
                    while (result.next()) {
                        texts.put(result.getString(1), result.getString(2));
                        calls += result.getLong(3);
                        if (result.getLong(4) > 0) {
                            throw new IllegalStateException(server + " has forgotten statements");
                        }
                    }
                }
            }
        }
        return new Seen(texts, calls);
    }

    /** How often statements with this in their text were run by these roles, on all servers; estimates are no runs. */
    long calls(String text) throws SQLException {
        long calls = 0;
        for (Server server : SERVERS) {
            try (Connection connection = FeatureTable.connect(platform, server);
                    PreparedStatement select = connection.prepareStatement(CALLS)) {
                select.setArray(1, connection.createArrayOf("text", roles.toArray()));
                select.setString(2, text);
                try (ResultSet result = select.executeQuery()) {
                    result.next();
                    calls += result.getLong(1);
                }
            }
        }
        return calls;
    }

    /** What the servers refused to run, which their statistics leave out. */
    List<String> errors() throws IOException {
        Pattern refused = Pattern.compile("user=(%s) db=\\S* ERROR:".formatted(String.join("|", roles)));
        List<String> errors = new ArrayList<>();
        for (Server server : SERVERS) {
            try (RandomAccessFile file = new RandomAccessFile(log(server).toFile(), "r")) {
                long from = logged.getOrDefault(server, 0L);
                byte[] bytes = new byte[Math.toIntExact(file.length() - from)];
                file.seek(from);
                file.readFully(bytes);
                new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> refused.matcher(line).find())
                        .map(line -> server.label() + " " + line)
                        .forEach(errors::add);
            }
        }
        return errors;
    }

    private Path log(Server server) {
        return platform.stack().directory().resolve("logs").resolve(server.label() + ".log");
    }
}
