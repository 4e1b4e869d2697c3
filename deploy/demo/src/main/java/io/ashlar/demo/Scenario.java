package io.ashlar.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.demo.Api.Answer;
import io.ashlar.demo.Step.Outcome;
import io.ashlar.local.Services.Service;
import io.ashlar.local.TrialUser;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.ParsedToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What two tenants need before anything can be shown: themselves, their people, what these may do, the attributes and the
 * dataset of flights, and the flights. Every call can be repeated.
 */
final class Scenario {

    static final List<String> AIRPORTS = List.of("ORD", "DFW", "ATL");
    static final List<String> ANALYST_AIRPORTS = List.of("ORD", "DFW");
    static final int BATCH_RECORDS = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TOKEN_AGE = Duration.ofSeconds(30);

    private static final String DATASET = """
            {"relation":"ingest.entity_jsonb","tenant_column":"tenant_id","key":["id"],"cedar_type":"Flight",
             "entity_prefix":"flight:","fields":[
              {"name":"id","type":"string","source":{"column":"entity_id"},"nullable":false},
              {"name":"date","type":"timestamp","source":{"json":"attributes","key":"date"},"nullable":true},
              {"name":"delay","type":"int64","source":{"json":"attributes","key":"delay"},"nullable":true},
              {"name":"distance","type":"int64","source":{"json":"attributes","key":"distance"},"nullable":true,"sensitivity":"confidential"},
              {"name":"origin","type":"string","source":{"json":"attributes","key":"origin"},"cedar_attribute":"origin","nullable":true},
              {"name":"destination","type":"string","source":{"json":"attributes","key":"destination"},"nullable":true}]}
            """;

    private static final Map<String, String> ATTRIBUTES = Map.of(
            "date", "timestamp", "delay", "int64", "distance", "int64", "origin", "string", "destination", "string");

    private final Target target;
    private final Api api;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    Scenario(Target target) {
        this.target = target;
        this.api = target.api();
    }

    Outcome createTenants() {
        String operator = token("olga");
        tenant(operator, TrialUser.TENANT_A, "Aurora Analytics", "ada");
        tenant(operator, TrialUser.TENANT_B, "Borealis Data", "bea");
        return Outcome.of("two tenants, each with administrator, roles and default policies");
    }

    Outcome grant() {
        String ada = token("ada");
        put(Service.AUTHZ, "/api/v1/groups/analysts", ada, "{\"parents\":[]}");
        put(
                Service.AUTHZ,
                "/api/v1/users/" + subject("ana"),
                ada,
                "{\"roles\":[],\"groups\":[\"analysts\"],\"attributes\":{}}");
        put(
                Service.AUTHZ,
                "/api/v1/users/" + subject("ed"),
                ada,
                "{\"roles\":[\"editor\"],\"groups\":[],\"attributes\":{}}");
        put(Service.AUTHZ, "/api/v1/policies/analysts-work", ada, policy("""
                permit(principal in Group::"analysts",
                       action in [Action::"dataset.query", Action::"export.create", Action::"export.read"],
                       resource);
                """));
        put(Service.AUTHZ, "/api/v1/policies/analysts-rows", ada, policy("""
                permit(principal in Group::"analysts", action == Action::"read", resource is Flight)
                when { ["ORD", "DFW"].contains(resource.origin) };
                """));
        put(
                Service.AUTHZ,
                "/api/v1/users/" + subject("bob"),
                token("bea"),
                "{\"roles\":[\"viewer\"],\"groups\":[],\"attributes\":{}}");
        return Outcome.of("analyst of A (ORD and DFW only, distance masked), editor of A, viewer of B");
    }

    Outcome declare() {
        declareFlights(token("ed"));
        declareDataset(token("bea"));
        return Outcome.of("5 attributes, dataset `flights` checked against the real catalogue");
    }

    /** The attributes and the dataset of flights, in an editor's tenant. */
    void declareFlights(String editor) {
        ATTRIBUTES.forEach((name, kind) -> put(
                Service.INGEST,
                "/api/v1/attributes/" + name,
                editor,
                "{\"kind\":\"%s\",\"hot\":true}".formatted(kind)));
        declareDataset(editor);
    }

    /**
     * Sends flights in batches.
     *
     * @return the merged token of all receipts, and how many records were accepted
     */
    Ingested ingest(Flights flights, String run) {
        AtomicLong accepted = new AtomicLong();
        List<String> lines = new ArrayList<>(BATCH_RECORDS);
        List<ConsistencyToken> tokens = new ArrayList<>();
        AtomicLong batch = new AtomicLong();
        Runnable send = () -> {
            Answer answer = batch(String.join("\n", lines), run + "-" + batch.incrementAndGet());
            accepted.addAndGet(answer.body().path("accepted").asLong());
            tokens.add(token(answer));
            lines.clear();
            if (tokens.size() > 1) {
                ConsistencyToken merged = tokens.get(0).merge(tokens.get(1));
                tokens.clear();
                tokens.add(merged);
            }
        };
        flights.forEach(flight -> {
            lines.add(flight.toTelemetryLine());
            if (lines.size() == BATCH_RECORDS) {
                send.run();
            }
        });
        if (!lines.isEmpty()) {
            send.run();
        }
        return new Ingested(accepted.get(), tokens.getFirst().text());
    }

    /** POSTs one NDJSON batch under a key, which is taken. */
    Answer batch(String ndjson, String key) {
        return post(ndjson, key).expect(202);
    }

    /** POSTs one NDJSON batch under a key. */
    Answer post(String ndjson, String key) {
        return api.post(
                Service.INGEST,
                "/api/v1/telemetry",
                token("ed"),
                ndjson,
                Map.of("Content-Type", "application/x-ndjson", "Idempotency-Key", key));
    }

    /**
     * What was taken in.
     *
     * @param accepted records
     * @param token proves, where it is shown, that they are seen
     */
    record Ingested(long accepted, String token) {}

    Answer query(String user, String json, Map<String, String> headers) {
        return api.post(Service.FILTER, "/api/v1/datasets/flights/query", token(user), json, headers);
    }

    /** A user's token; the same one for a while, as a client does. */
    String token(String user) {
        return held.compute(
                        user,
                        (name, last) -> last != null && last.isYoung()
                                ? last
                                : new Held(target.tokens().apply(name), System.nanoTime()))
                .token();
    }

    /** A token and when it was got. */
    private record Held(String token, long gotNanos) {
        boolean isYoung() {
            return System.nanoTime() - gotNanos < TOKEN_AGE.toNanos();
        }
    }

    /** The {@code sub} of a user's token. */
    String subject(String user) {
        return subjectOf(token(user));
    }

    static String subjectOf(String token) {
        String payload = token.split("\\.", -1)[1];
        JsonNode claims = Api.parse(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
        return claims.path("sub").asText();
    }

    private void tenant(String operator, String id, String name, String admin) {
        put(
                Service.AUTHZ,
                "/api/v1/tenants/" + id,
                operator,
                "{\"name\":\"%s\",\"first_admin\":\"%s\"}".formatted(name, subject(admin)));
    }

    void put(Service service, String path, String token, String json) {
        patiently(() -> api.put(service, path, token, json)).expect(200, 201, 204);
    }

    /** A later version may fill in more than the one that declared it on this platform before: then it is declared anew. */
    private void declareDataset(String token) {
        String path = "/api/v1/datasets/flights";
        Answer answer = patiently(() -> api.put(Service.FILTER, path, token, DATASET));
        if (answer.status() == 412) {
            Answer kept = patiently(() -> api.get(Service.FILTER, path, token, Map.of()))
                    .expect(200);
            String etag = kept.headers().firstValue("ETag").orElseThrow();
            answer = patiently(() -> api.putIfMatch(Service.FILTER, path, token, DATASET, etag));
        }
        answer.expect(200, 201, 204);
    }

    /** Asks again, as Retry-After says, while the answer is 503: the services have only just started on a busy machine. */
    static Answer patiently(Supplier<Answer> question) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Answer answer = question.get();
        while (answer.status() == 503 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofSeconds(
                            answer.headers().firstValueAsLong("Retry-After").orElse(1))
                    .toNanos());
            answer = question.get();
        }
        return answer;
    }

    private static String policy(String cedar) {
        return "{\"cedar\":\"%s\"}".formatted(cedar.replace("\"", "\\\"").replace("\n", "\\n"));
    }

    private static ConsistencyToken token(Answer answer) {
        return switch (ConsistencyToken.parse(answer.string("token"))) {
            case ParsedToken.Ok ok -> ok.token();
            case ParsedToken.Invalid invalid ->
                throw new DemoFailure("the receipt's token is malformed: " + invalid.reason());
        };
    }
}
