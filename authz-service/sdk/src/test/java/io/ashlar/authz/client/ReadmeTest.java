package io.ashlar.authz.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.call.ClientCredentials;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.call.Peer;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.authz.client.Decision.Outcome;
import io.ashlar.authz.embedded.EmbeddedAuthz;
import io.ashlar.authz.embedded.EmbeddedOptions;
import io.ashlar.authz.embedded.EmbeddedOptions.WhenBehind;
import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanField;
import io.ashlar.authz.plan.PlanRequest;
import io.ashlar.authz.shadow.ShadowAuthorizer;
import io.ashlar.authz.shadow.ShadowOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The README's examples are code of this test, and do what it says: against a server that answers, and a Kafka that does not. */
class ReadmeTest {

    private static final String FENCE = "```";
    private static final String START = FENCE + "java\n";
    private static final UUID TENANT = UUID.fromString("11111111-1111-4111-8111-111111111111");

    /** Nobody listens there: nothing is kept, and nothing is decided in process. */
    private static final String NO_KAFKA = "127.0.0.1:9";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<Decision> recorded = new ArrayList<>();
    private Peer peer;

    /** What filter-service answers, as far as this caller reads it. */
    private record Resolved(String sealed) {}

    /** The checks an application has. */
    private interface Legacy {
        boolean mayPay(String user, EntityRef invoice);
    }

    @BeforeEach
    void start() throws IOException {
        peer = Peer.answering(asked -> new Peer.Reply(
                200,
                switch (asked.path()) {
                    case "/token" -> "{\"access_token\":\"t\",\"expires_in\":60}";
                    case "/api/v1/datasets/late%20flights/resolve" -> "{\"sealed\":\"x.y.z\",\"later\":\"member\"}";
                    case "/access/v1/evaluation" ->
                        "{\"decision\":true,\"context\":{\"policy_version\":7,\"revision\":12}}";
                    case "/access/v1/evaluations" -> "{\"evaluations\":[{\"decision\":true},{\"decision\":false}]}";
                    case "/api/v1/plan" -> "{\"decision\":\"ALL\",\"masked\":[],\"policy_version\":7,\"revision\":12}";
                    default -> throw new IllegalStateException(asked.path());
                }));
    }

    @AfterEach
    void stop() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        peer.close();
    }

    // The examples of the README, in its order; but for blanks they must be there word for word.

    private Resolved call(URI tokenUrl, String secret, URI filterUrl, UUID tenant, String user, String name) {
        Object request = Map.of("filters", List.of());
        ClientCredentials token = new ClientCredentials(tokenUrl, "ashlar-export", secret);
        ServiceCall filter = ServiceCall.to("filter", filterUrl)
                .bearer(token)
                .deadline(Duration.ofSeconds(5))
                .build();

        Resolved resolved = filter.onBehalfOf(new OnBehalfOf(tenant, user))
                .repeatable() // this POST only reads
                .post("/api/v1/datasets/" + ServiceCall.segment(name) + "/resolve", request, Resolved.class);
        open.push(token);
        open.push(filter);
        return resolved;
    }

    private Object[] ask(
            ServiceCall authzCall,
            String kafka,
            UUID tenant,
            String user,
            List<Evaluation> questions,
            List<PlanField> fields) {
        RemoteAuthz remote = RemoteAuthz.over(authzCall)
                .changes(Map.of("bootstrap.servers", kafka))
                .build();
        Authz authz = remote.onBehalfOf(new OnBehalfOf(tenant, user));

        boolean may = authz.allowed(EntityRef.user(user), "dataset.query", new EntityRef("Dataset", "flights"));
        List<Decision> many = authz.checkAll(questions); // in order; one without an answer leaves the others theirs
        Plan plan = authz.plan(new PlanRequest(EntityRef.user(user), "read", "Flight", fields, Map.of()));
        open.push(remote);
        return new Object[] {may, many.stream().map(Decision::outcome).toList(), plan};
    }

    private Authz embed(ServiceCall authzCall, String kafka, DecisionRecorder recorder, UUID tenant, String user) {
        EmbeddedAuthz embedded = EmbeddedAuthz.over(authzCall, Map.of("bootstrap.servers", kafka), recorder)
                .reader("billing") // the name under which reading is audited
                .options(EmbeddedOptions.DEFAULT.whenBehind(WhenBehind.DENY))
                .build();
        embedded.warm(tenant); // load ahead of the first question
        Authz authz = embedded.onBehalfOf(new OnBehalfOf(tenant, user));
        open.push(embedded);
        return authz;
    }

    private Object[] move(Authz authz, String user, EntityRef invoice, Legacy legacy) {
        ShadowAuthorizer shadow = ShadowAuthorizer.with(ShadowOptions.LEGACY_ANSWERS);
        boolean may =
                shadow.allowed(authz, EntityRef.user(user), "invoice.pay", invoice, () -> legacy.mayPay(user, invoice));

        // What is compared beside the answer has been, a moment later.
        Awaitility.await().until(() -> shadow.report().toJson().toString().contains("invoice.pay"));
        ObjectNode report = shadow.report().toJson(); // who gains, who loses: by action, type and policy, with samples
        shadow.newPercent(10); // policies answer for a tenth of the subjects; 0 takes it back
        open.push(shadow);
        return new Object[] {may, report};
    }

    @Test
    void aServiceIsCalled() {
        assertThat(call(peer.url().resolve("/token"), "secret", peer.url(), TENANT, "ana", "late flights"))
                .isEqualTo(new Resolved("x.y.z"));
        assertThat(peer.asked().getLast().headers().getFirst("Ashlar-On-Behalf-Of"))
                .isEqualTo(TENANT + "/ana");
        assertThat(peer.asked().getLast().headers().getFirst("Authorization")).isEqualTo("Bearer t");
    }

    @Test
    void authzIsAsked() {
        List<Evaluation> questions = List.of(question("flights"), question("salaries"));
        Object[] told = ask(authz(), NO_KAFKA, TENANT, "ana", questions, List.of());
        assertThat(told[0]).isEqualTo(true);
        assertThat(told[1]).isEqualTo(List.of(Outcome.ALLOW, Outcome.DENY));
        assertThat(told[2]).isInstanceOf(Plan.All.class);
    }

    /** Without the change topic nothing is fresh; who asked for {@code DENY} is denied. */
    @Test
    void nothingIsDecidedInProcessByWhatMayBeOld() {
        Authz authz = embed(authz(), NO_KAFKA, (user, question, decision) -> recorded.add(decision), TENANT, "ana");
        Decision decision = authz.check(EntityRef.user("ana"), "dataset.query", new EntityRef("Dataset", "flights"));
        assertThat(decision.outcome()).isEqualTo(Outcome.UNAVAILABLE);
        assertThat(decision.errors()).first().asString().contains("behind, or silent");
        assertThat(recorded).isEmpty();
    }

    @Test
    void oldChecksAreComparedWithPolicies() {
        RemoteAuthz remote = RemoteAuthz.over(authz()).build();
        open.push(remote);
        Object[] told = move(
                remote.onBehalfOf(new OnBehalfOf(TENANT, "ana")),
                "ana",
                new EntityRef("Invoice", "7"),
                (user, invoice) -> false);
        assertThat(told[0]).as("the legacy check answers").isEqualTo(false);
        assertThat(told[1]).asString().contains("invoice.pay", "Invoice");
    }

    @Test
    void theExamplesAreTheCodeOfThisTest() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String source =
                withoutBlanks(Files.readString(Path.of("src/test/java/io/ashlar/authz/client/ReadmeTest.java")));
        int examples = 0;
        for (int at = readme.indexOf(START); at >= 0; at = readme.indexOf(START, at + 1)) {
            int from = at + START.length();
            for (String paragraph :
                    readme.substring(from, readme.indexOf(FENCE, from)).split("\n\n", -1)) {
                assertThat(source).contains(withoutBlanks(paragraph));
            }
            examples++;
        }
        assertThat(examples).isEqualTo(4);
    }

    private ServiceCall authz() {
        return ServiceCall.to("authz", peer.url()).build();
    }

    private static Evaluation question(String dataset) {
        return new Evaluation(EntityRef.user("ana"), "dataset.query", new EntityRef("Dataset", dataset), Map.of());
    }

    private static String withoutBlanks(String text) {
        return text.replace(" ", "").replace("\n", "");
    }
}
