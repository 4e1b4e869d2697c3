package io.ashlar.filter.segment;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Access to {@code filter.segments}, inside a {@link io.ashlar.filter.dataset.TenantTransaction} only. */
@ApplicationScoped
class SegmentRows implements PanacheRepositoryBase<SegmentRow, SegmentId> {

    /** A query stands for at most 50 segments; one more is enough to be refused. */
    static final int REACHED_MAX = 51;

    /** Those that stand in the way of a deletion and are named; more than anybody mends at once. */
    static final int USERS_MAX = 20;

    private static final String VISIBLE = "id.tenantId = ?1 AND id.dataset = ?2 AND (owner = ?3 OR shared = 'tenant')";

    /** What the caller cannot see leads nowhere. As deep as the language allows, so that a ring ends too. */
    private static final String REACHED = """
            WITH RECURSIVE reached (id, depth) AS (
                SELECT CAST(asked AS uuid), 1 FROM unnest(string_to_array(:ids, ',')) AS asked
                 UNION
                SELECT used, r.depth + 1
                  FROM reached r
                  JOIN filter.segments s
                    ON s.tenant_id = :tenant AND s.dataset = :dataset AND s.id = r.id
                   AND (s.owner = :subject OR s.shared = 'tenant')
                 CROSS JOIN LATERAL unnest(s.uses) AS used
                 WHERE r.depth < 4
            )
            SELECT s.* FROM filter.segments s
             WHERE s.tenant_id = :tenant AND s.dataset = :dataset AND s.id IN (SELECT id FROM reached)
               AND (s.owner = :subject OR s.shared = 'tenant')
             ORDER BY s.id LIMIT :most
            """;

    private static final String USERS = """
            SELECT s.* FROM filter.segments s
             WHERE s.tenant_id = :tenant AND s.dataset = :dataset AND CAST(:id AS uuid) = ANY (s.uses)
               AND (s.shared = 'tenant' OR (:own AND s.owner = :subject))
             ORDER BY s.name, s.id LIMIT :most
            """;

    /** Null if there is none that the subject may use. */
    Uni<SegmentRow> visible(UUID tenant, String dataset, String subject, UUID id) {
        return find(VISIBLE + " AND id.id = ?4", tenant, dataset, subject, id).firstResult();
    }

    /** Those that the subject may use, by name and id, after these. */
    Uni<List<SegmentRow>> visibleAfter(UUID tenant, String dataset, String subject, String name, UUID id, int limit) {
        return find(
                        VISIBLE + " AND (name > ?4 OR (name = ?4 AND id.id > ?5)) ORDER BY name, id.id",
                        tenant,
                        dataset,
                        subject,
                        name,
                        id)
                .range(0, limit - 1)
                .list();
    }

    /** All that the subject may use of a dataset, by id, up to a bound. */
    Uni<List<SegmentRow>> visible(UUID tenant, String dataset, String subject, int most) {
        return find(VISIBLE + " ORDER BY id.id", tenant, dataset, subject)
                .range(0, most - 1)
                .list();
    }

    /** These and what stands in them, as far as the subject may use it; in one statement. */
    Uni<List<SegmentRow>> reached(UUID tenant, String dataset, String subject, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return Panache.getSession().chain(session -> session.createNativeQuery(REACHED, SegmentRow.class)
                .setParameter("ids", ids.stream().map(UUID::toString).collect(Collectors.joining(",")))
                .setParameter("tenant", tenant)
                .setParameter("dataset", dataset)
                .setParameter("subject", subject)
                .setParameter("most", REACHED_MAX)
                .getResultList());
    }

    /**
     * Those that use this one directly and that the subject may know of.
     *
     * @param own the subject's own private ones too
     */
    Uni<List<SegmentRow>> users(UUID tenant, String dataset, String subject, UUID id, boolean own) {
        return Panache.getSession().chain(session -> session.createNativeQuery(USERS, SegmentRow.class)
                .setParameter("tenant", tenant)
                .setParameter("dataset", dataset)
                .setParameter("subject", subject)
                .setParameter("id", id.toString())
                .setParameter("own", own)
                .setParameter("most", USERS_MAX)
                .getResultList());
    }
}
