package io.ashlar.export.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** Notes what an attempt writes to before it writes, so that nothing it leaves behind is forgotten. */
@Singleton
public final class AttemptObjects {

    private final AgroalDataSource system;

    AttemptObjects(@DataSource("system") AgroalDataSource system) {
        this.system = system;
    }

    /** Notes a key that is about to be written. */
    void note(String key, UUID tenant, UUID job, long fence) throws IOException {
        String sql = """
                INSERT INTO export.attempt_objects (object_key, job_id, tenant_id, fence) VALUES (?, ?, ?, ?)
                """;
        try (Connection connection = system.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, key);
            statement.setObject(2, job);
            statement.setObject(3, tenant);
            statement.setLong(4, fence);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IOException("an attempt's object could not be noted", e);
        }
    }

    /** Adds the upload's id. */
    void began(String key, String uploadId) throws IOException {
        String sql = "UPDATE export.attempt_objects SET upload_id = ? WHERE object_key = ?";
        try (Connection connection = system.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, uploadId);
            statement.setString(2, key);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IOException("an attempt's upload could not be noted", e);
        }
    }

    /** Nothing is left under the key. */
    void gone(String key) throws IOException {
        String sql = "DELETE FROM export.attempt_objects WHERE object_key = ?";
        try (Connection connection = system.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, key);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IOException("an attempt's object could not be forgotten", e);
        }
    }
}
