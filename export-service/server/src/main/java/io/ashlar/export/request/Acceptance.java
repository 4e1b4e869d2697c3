package io.ashlar.export.request;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.export.ExportError;
import io.ashlar.export.client.Export;
import io.ashlar.export.delivery.WebhookSecrets;
import io.ashlar.export.delivery.WebhookTargets;
import io.ashlar.export.delivery.WebhookTargets.Target;
import io.ashlar.export.receipt.Digests;
import io.ashlar.export.request.ExportStore.Asked;
import io.ashlar.filter.client.FilterClient;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.request.RequestId;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes a request in: nothing is queued that would fail for a reason that can be told now. */
@Singleton
final class Acceptance {

    private static final String ROUTE = "POST /api/v1/exports";

    private final Exports exports;
    private final FilterClient filter;
    private final WebhookTargets targets;
    private final WebhookSecrets secrets;

    Acceptance(Exports exports, FilterClient filter, WebhookTargets targets, WebhookSecrets secrets) {
        this.exports = exports;
        this.filter = filter;
        this.targets = targets;
        this.secrets = secrets;
    }

    Export accept(Caller caller, byte[] body, @Nullable String key) {
        UUID tenant = caller.requireTenant();
        Order order = OrderReader.read(body, tenant).orElseThrow(Refusals::of);
        Idempotency idempotency =
                key == null ? null : new Idempotency(tenant, caller.subject(), ROUTE, key, Digests.of(body));
        if (idempotency != null) {
            Optional<Export> before = exports.answered(idempotency);
            if (before.isPresent()) {
                return before.get();
            }
        }
        checkWebhook(order.webhook());
        checkQuery(caller, tenant, order);
        Asked asked = new Asked(UUID.randomUUID(), tenant, caller.subject(), traceparent(), RequestId.current());
        return exports.create(asked, order, idempotency);
    }

    private void checkWebhook(@Nullable String webhook) {
        if (webhook == null) {
            return;
        }
        if (!secrets.offered()) {
            throw Refusals.of(
                    ExportError.UNSUPPORTED_NOTIFICATION,
                    "/notify/webhook",
                    "Webhooks are not set up in this installation.");
        }
        switch (targets.look(webhook)) {
            case Target.Open open -> {
                // Looked up again when it is called: what a name leads to may change until then.
            }
            case Target.Refused refused ->
                throw Refusals.of(ExportError.WEBHOOK_REFUSED, "/notify/webhook", refused.reason());
            case Target.Unknown unknown ->
                throw Refusals.of(ExportError.WEBHOOK_REFUSED, "/notify/webhook", "the host has no address");
        }
    }

    /** The seal is thrown away: each attempt resolves anew. */
    private void checkQuery(Caller caller, UUID tenant, Order order) {
        try {
            filter.onBehalfOf(new OnBehalfOf(tenant, caller.subject()))
                    .resolve(order.source(), order.query(), SealedQuery.Operation.STREAM);
        } catch (CallFailedException e) {
            throw Refusals.of(e, order.source());
        }
    }

    private static @Nullable String traceparent() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid()
                ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex()
                : null;
    }
}
