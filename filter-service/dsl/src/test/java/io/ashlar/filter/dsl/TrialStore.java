package io.ashlar.filter.dsl;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A real store that holds what a random schema says, and runs statements as its callers do. */
interface TrialStore extends AutoCloseable {

    Store kind();

    /** Makes the dataset's relations and fills them, for two tenants. */
    void fill(Dataset dataset, Map<UUID, List<Map<String, @Nullable Object>>> rows) throws Exception;

    /** The result's rows, in order, as the columns' constants. */
    List<List<@Nullable Literal>> run(Statement statement) throws Exception;

    void drop(Dataset dataset) throws Exception;

    @Override
    void close() throws SQLException;
}
