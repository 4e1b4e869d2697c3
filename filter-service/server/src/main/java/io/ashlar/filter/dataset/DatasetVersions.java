package io.ashlar.filter.dataset;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Access to {@code filter.dataset_versions}, inside a {@link TenantTransaction} only. */
@ApplicationScoped
class DatasetVersions implements PanacheRepositoryBase<DatasetVersion, DatasetVersionId> {

    private static final String CURRENT = """
            SELECT v FROM DatasetVersion v
              JOIN DatasetHead h
                ON h.id.tenantId = v.id.tenantId AND h.id.name = v.id.name AND h.version = v.id.version
             WHERE v.id.tenantId = ?1
            """;

    /** The current version; null if there is no such dataset. */
    Uni<DatasetVersion> current(UUID tenant, String name) {
        return find(CURRENT + " AND v.id.name = ?2", tenant, name).firstResult();
    }

    /** The current versions of the datasets whose names come after {@code after}, by name. */
    Uni<List<DatasetVersion>> currentAfter(UUID tenant, String after, int limit) {
        return find(CURRENT + " AND v.id.name > ?2 ORDER BY v.id.name", tenant, after)
                .range(0, limit - 1)
                .list();
    }

    /** The versions before this one, the latest first. */
    Uni<List<DatasetVersion>> before(UUID tenant, String name, long version, int limit) {
        return find(
                        "id.tenantId = ?1 AND id.name = ?2 AND id.version < ?3 ORDER BY id.version DESC",
                        tenant,
                        name,
                        version)
                .range(0, limit - 1)
                .list();
    }
}
