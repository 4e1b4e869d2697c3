package io.ashlar.authz.embedded;

import com.sun.net.httpserver.HttpExchange;
import io.ashlar.authz.call.Peer;
import io.ashlar.cedar.Entity;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.value.EntityFacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A decision point on a free port: a tenant whose viewers may read, as it is told to be. */
final class Pdp implements AutoCloseable {

    static final UUID TENANT = UUID.fromString("11111111-1111-4111-8111-111111111111");
    static final PolicySource VIEWERS =
            new PolicySource("viewers", "permit(principal in Role::\"viewer\", action == Action::\"read\", resource);");

    /** With a key in hardware only. */
    static final PolicySource SIGNERS = new PolicySource(
            "signers",
            "permit(principal in Role::\"viewer\", action == Action::\"sign\", resource)"
                    + " when { context has amr && context.amr.contains(\"hwk\") };");

    private final Peer peer;
    private final AtomicInteger sent = new AtomicInteger();
    private volatile long revision = 2;
    private volatile long offset = 10;
    private volatile boolean viewer = true;
    private volatile boolean known = true;
    private volatile int status = 200;
    private volatile boolean evaluates;

    Pdp() throws IOException {
        peer = new Peer((exchange, n) -> answer(exchange));
    }

    URI url() {
        return peer.url();
    }

    /** Snapshots that were sent whole. */
    int sent() {
        return sent.get();
    }

    List<Peer.Asked> asked() {
        return peer.asked();
    }

    /** From now on ana is a viewer or not, at this revision, and the topic has been read to here. */
    void state(long newRevision, boolean anaIsViewer, long newOffset) {
        viewer = anaIsViewer;
        offset = newOffset;
        revision = newRevision;
    }

    void fails(int with) {
        status = with;
    }

    void knowsNobody() {
        known = false;
    }

    /** Evaluations are answered too: allowed. */
    void evaluates() {
        evaluates = true;
    }

    static EntityFacts user(String id, String... roles) {
        return EntityFacts.of(new Entity(
                new EntityUid("User", id),
                Map.of(),
                Set.of(roles).stream()
                        .map(role -> new EntityUid("Role", role))
                        .collect(java.util.stream.Collectors.toSet())));
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/access/v1/evaluation") && evaluates) {
            Peer.reply(
                    exchange,
                    200,
                    "{\"decision\":true,\"context\":{\"policy_version\":1,\"revision\":" + revision + "}}");
        } else if (status != 200) {
            Peer.reply(exchange, status, "{}");
        } else if (!known) {
            Peer.reply(exchange, 404, "{\"code\":\"tenant_unknown\",\"title\":\"t\",\"detail\":\"d\",\"status\":404}");
        } else {
            snapshot(exchange);
        }
    }

    private void snapshot(HttpExchange exchange) throws IOException {
        PolicySnapshot.Head head =
                new PolicySnapshot.Head(TENANT, revision, 1, offset, Set.of("User", "Group", "Role"));
        exchange.getResponseHeaders().set("Ashlar-Change-Offset", Long.toString(offset));
        if (head.etag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        sent.incrementAndGet();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        SnapshotWriter.write(
                head,
                List.of(SIGNERS, VIEWERS).iterator(),
                List.of(viewer ? user("ana", "viewer") : user("ana")).iterator(),
                body);
        Peer.reply(exchange, 200, body.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        peer.close();
    }
}
