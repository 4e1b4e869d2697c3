package io.ashlar.export.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agroal.api.AgroalDataSource;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.export.ExportError;
import io.ashlar.export.client.Export;
import io.ashlar.export.client.ExportPage;
import io.ashlar.export.queue.QueueConfig;
import io.ashlar.export.request.ExportStore.Asked;
import io.ashlar.export.request.ExportStore.Place;
import io.ashlar.guard.tenant.TenantConnection;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Exports as requests see them. Every method is one transaction of one tenant. Thread-safe. */
@Singleton
final class Exports {

    static final int ACCEPTED = 202;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long HINT_PAUSE_NANOS = Duration.ofMillis(50).toNanos();
    private static final long QUOTA_RETRY_SECONDS = 30;

    private final AgroalDataSource api;
    private final QueueConfig config;
    private final ListCursor cursors;
    private final TenantConnection tenants;
    private final AtomicLong lastHint = new AtomicLong(System.nanoTime() - HINT_PAUSE_NANOS);

    Exports(@DataSource("api") AgroalDataSource api, QueueConfig config, ListCursor cursors, TenantConnection tenants) {
        this.api = api;
        this.config = config;
        this.cursors = cursors;
        this.tenants = tenants;
    }

    /** The answer to an earlier request under the same key. */
    Optional<Export> answered(Idempotency idempotency) {
        return tenants.call(api, idempotency.tenant(), idempotency::answered).map(Exports::read);
    }

    /** Queues, or answers as before if another request with the key came first. */
    Export create(Asked asked, Order order, @Nullable Idempotency idempotency) {
        return tenants.call(api, asked.tenant(), connection -> {
            if (idempotency == null) {
                return insert(connection, asked, order);
            }
            if (!idempotency.take(connection)) {
                return idempotency
                        .answered(connection)
                        .map(Exports::read)
                        .orElseThrow(() -> new ProblemException(
                                DoorError.IDEMPOTENCY_IN_PROGRESS, "a request with this key is still running"));
            }
            Export created = insert(connection, asked, order);
            idempotency.answer(connection, ACCEPTED, write(created));
            return created;
        });
    }

    private Export insert(Connection connection, Asked asked, Order order) throws SQLException {
        int most = config.queuedPerTenant();
        if (ExportStore.queued(connection, most) >= most) {
            throw new ProblemException(
                            ExportError.TOO_MANY_QUEUED_EXPORTS,
                            "ashlar.export.queue.queued-per-tenant = " + most + " exports are waiting already")
                    .retryAfter(QUOTA_RETRY_SECONDS);
        }
        Export created = ExportStore.insert(
                        connection,
                        asked,
                        order.priority().column(),
                        order.spec(config.deliveryAttempts()),
                        config.exportAttempts())
                .export();
        if (hintDue()) {
            ExportStore.hint(connection);
        }
        return created;
    }

    /** One hint wakes for all; a burst of requests must not queue on PostgreSQL's notification lock. */
    private boolean hintDue() {
        long now = System.nanoTime();
        long last = lastHint.get();
        return now - last >= HINT_PAUSE_NANOS && lastHint.compareAndSet(last, now);
    }

    /**
     * Finds.
     *
     * @throws ProblemException {@code not_found}, also for another tenant's
     */
    ExportRow get(UUID tenant, UUID id) {
        return tenants.call(api, tenant, connection -> found(ExportStore.find(connection, id), id));
    }

    /**
     * Cancels; once more does no harm.
     *
     * @throws ProblemException {@code not_found}; {@code export_finished} if it ended otherwise
     */
    Export cancel(UUID tenant, UUID id) {
        return tenants.call(api, tenant, connection -> {
            Optional<ExportRow> cancelled = ExportStore.cancel(connection, id);
            if (cancelled.isPresent()) {
                return cancelled.get().export();
            }
            Export export = found(ExportStore.find(connection, id), id).export();
            return switch (export.state()) {
                case CANCELLED, QUEUED, RUNNING -> export;
                case SUCCEEDED, FAILED, DEAD ->
                    throw new ProblemException(
                            ExportError.EXPORT_FINISHED,
                            "the export has " + export.state().name().toLowerCase(Locale.ROOT));
            };
        });
    }

    ExportPage list(UUID tenant, int limit, @Nullable String cursor) {
        Place place = cursor == null ? null : cursors.open(tenant, cursor);
        List<Export> found =
                tenants.call(api, tenant, connection -> ExportStore.list(connection, place, limit + 1).stream()
                        .map(ExportRow::export)
                        .toList());
        if (found.size() <= limit) {
            return new ExportPage(found, null);
        }
        Export last = found.get(limit - 1);
        return new ExportPage(found.subList(0, limit), cursors.seal(tenant, new Place(last.createdAt(), last.id())));
    }

    private static ExportRow found(Optional<ExportRow> row, UUID id) {
        return row.orElseThrow(() -> new ProblemException(DoorError.NOT_FOUND, "there is no export " + id));
    }

    private static String write(Export export) {
        try {
            return JSON.writeValueAsString(export);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an export is always writable", e);
        }
    }

    private static Export read(String body) {
        try {
            return JSON.readValue(body, Export.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer was kept that cannot be read", e);
        }
    }
}
