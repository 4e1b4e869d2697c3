package io.ashlar.export.store;

import static io.ashlar.export.app.Client.fetch;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ashlar.export.app.ExportStack;
import io.ashlar.export.app.QueueDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Files in a real bucket. */
@QuarkusTest
@ExportStack
class ObjectStoreIT {

    @Inject
    Uploads uploads;

    @Inject
    ObjectStore store;

    @Test
    void aFileOfSeveralPartsComesBackAsItWasWritten() throws IOException, SQLException {
        byte[] bytes = new byte[(8 << 20) * 2 + 12_345];
        new Random(1).nextBytes(bytes);
        try (Upload upload = uploads.begin(new UUID(9, 1), running(), 1, "bin", "application/octet-stream")) {
            for (int from = 0; from < bytes.length; from += 100_000) {
                upload.write(bytes, from, Math.min(100_000, bytes.length - from));
            }
            StoredFile file = upload.complete();
            assertThat(file.parts()).extracting(part -> part.bytes()).containsExactly(8L << 20, 8L << 20, 12_345L);
            assertThat(fetch(store.link(file.key(), "x.bin")).body()).isEqualTo(bytes);
            store.delete(file.key());
            assertThat(fetch(store.link(file.key(), "x.bin")).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aLinkExpiresAndCannotBeStretched() throws IOException, SQLException {
        try (Upload upload = uploads.begin(new UUID(9, 2), running(), 1, "txt", "text/plain")) {
            upload.write("hello".getBytes(UTF_8));
            String key = upload.complete().key();
            URI brief = store.link(key, "x.txt", Duration.ofSeconds(2));
            assertThat(fetch(brief).statusCode()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> fetch(brief).statusCode() == 403);
            URI stretched = URI.create(brief.toString().replace("X-Amz-Expires=2", "X-Amz-Expires=200"));
            assertThat(fetch(stretched).statusCode()).isEqualTo(403);
            URI other = URI.create(store.link(key, "x.txt").toString().replace(".txt?", ".csv?"));
            assertThat(fetch(other).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void anUploadThatIsGivenUpLeavesNothing() throws IOException, SQLException {
        UUID job = running();
        try (Upload upload = uploads.begin(new UUID(9, 3), job, 1, "bin", "application/octet-stream")) {
            upload.write(new byte[9 << 20]);
        }
        URI link = store.link(ObjectStore.key(new UUID(9, 3), job, 1, "bin"), "x.bin");
        assertThat(fetch(link).statusCode()).isEqualTo(404);
        assertThat(count("job_id = '" + job + "'")).isZero();
    }

    @Test
    void theSweeperRemovesWhatNoWinnerNames() throws Exception {
        String key;
        try (Upload upload = uploads.begin(new UUID(9, 4), UUID.randomUUID(), 1, "bin", "application/octet-stream")) {
            upload.write(new byte[10]);
            key = upload.complete().key();
        }
        URI link = store.link(key, "x.bin");
        await().atMost(Duration.ofSeconds(30)).until(() -> fetch(link).statusCode() == 404);
        await().atMost(Duration.ofSeconds(30)).until(() -> count("object_key = '" + key + "'") == 0);
    }

    /** A running job that no worker here touches: the sweeper leaves its attempt's file alone. */
    private static UUID running() throws SQLException {
        UUID id = UUID.randomUUID();
        String sql = """
                INSERT INTO export.jobs (id, tenant_id, subject, kind, lane, priority, state, spec, as_of, max_attempts, fence,
                                         lease_until)
                VALUES (?, ?, 'u', 'export', 'pdf', 2, 'running', '{}', '{}', 1, 1, now() + interval '1 hour')
                """;
        try (Connection connection = QueueDatabase.house().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, id);
            statement.setObject(2, UUID.randomUUID());
            statement.executeUpdate();
        }
        return id;
    }

    private static int count(String condition) throws SQLException {
        try (Connection connection = QueueDatabase.house().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT count(*) FROM export.attempt_objects WHERE " + condition);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }
}
