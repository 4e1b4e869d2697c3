package io.ashlar.demo;

import static io.ashlar.demo.DemoFailure.unless;

import io.ashlar.demo.Api.Answer;
import io.ashlar.demo.Step.Outcome;
import io.ashlar.local.Services.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What people do all day, all at once: pages, groups, segments and datasets, exports, telemetry and questions about permissions, by
 * five people of two tenants, while administrators change who may what. The doors of filter, ingest and export must have decided
 * more than four fifths of it out of their caches, though each change makes all that is kept of a tenant useless. One use.
 */
final class MixedLoad {

    static final int REQUESTS = 1_200;

    /** Hits in all decisions must be more. */
    static final double RATE_MIN = 0.8;

    /** Requests of all together between two changes of permissions: far fewer than there are in life. */
    private static final int CHANGE_EVERY = 300;

    private static final int EXPORT_EVERY = 80;
    private static final Set<Service> CACHES = EnumSet.of(Service.FILTER, Service.INGEST, Service.EXPORT);

    /** People look at what they got. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final String FLIGHTS = "/api/v1/datasets/flights";

    private final Api api;
    private final Scenario scenario;
    private final Supplier<DecisionCounts> meters;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();

    /**
     * Prepares it.
     *
     * @param target a platform on which the scenario's tenants have their dataset
     * @param meters reads the services' meters
     */
    MixedLoad(Target target, Supplier<DecisionCounts> meters) {
        this.api = target.api();
        this.scenario = new Scenario(target);
        this.meters = meters;
    }

    Outcome run() {
        String segment = segment();
        List<Person> people = List.of(
                new Person("ana", "ada").reads(segment),
                new Person("ed", "ada").reads(segment).writes(),
                new Person("ada", "ada").reads(segment).administers(),
                new Person("bob", "bea").reads(null),
                new Person("bea", "bea").reads(null).administers());
        DecisionCounts before = meters.get();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> days = new ArrayList<>();
            people.forEach(person -> days.add(threads.submit(() -> person.work(REQUESTS / people.size()))));
            for (Future<?> day : days) {
                day.get();
            }
        } catch (ExecutionException e) {
            throw new DemoFailure(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
        return outcome(people.size(), meters.get().since(before));
    }

    private Outcome outcome(int people, DecisionCounts load) {
        unless(
                load.byService().keySet().equals(CACHES),
                "not the meters of " + CACHES + " but of " + load.byService().keySet());
        DecisionCounts.Counts all = load.all();
        unless(all.hits() + all.misses() >= sent.get() / 2, "only " + all + " were decided for " + sent + " requests");
        unless(
                all.rate() > RATE_MIN,
                "only %.1f %% of the decisions came out of the caches: %s"
                        .formatted(100 * all.rate(), load.byService()));
        return new Outcome(
                String.format(
                        Locale.ROOT,
                        "%,d requests of %d people, %d changes of permissions: %.1f %% of %,d decisions out of the caches",
                        sent.get(),
                        people,
                        changes.get(),
                        100 * all.rate(),
                        all.hits() + all.misses()),
                load.toString());
    }

    /** One for all of tenant A. */
    private String segment() {
        String body = """
                {"name":"Late out of Chicago %s","shared":"tenant",
                 "filter":{"and":[{"field":"delay","op":"gt","value":60},{"field":"origin","op":"eq","value":"ORD"}]}}
                """.formatted(UUID.randomUUID());
        return Scenario.patiently(
                        () -> api.post(Service.FILTER, FLIGHTS + "/segments", scenario.token("ed"), body, Map.of()))
                .expect(201)
                .string("id");
    }

    /** Somebody new comes, or goes again: one more revision of the tenant. */
    private void change(String administrator, String who) {
        String roles = changes.incrementAndGet() % 2 == 1 ? "\"viewer\"" : "";
        scenario.put(
                Service.AUTHZ,
                "/api/v1/users/" + who,
                scenario.token(administrator),
                "{\"roles\":[%s],\"groups\":[],\"attributes\":{}}".formatted(roles));
    }

    /** One person and what he or she does; used by one thread. */
    private final class Person {

        private final String administrator;
        private final String token;
        private final String newcomer = UUID.randomUUID().toString();
        private final Random random;
        private final List<Supplier<Answer>> habits = new ArrayList<>();
        private String lastExport = "";

        Person(String name, String administrator) {
            this.administrator = administrator;
            this.token = scenario.token(name);
            this.random = new Random(name.hashCode());
        }

        /**
         * What everybody does.
         *
         * @param segment one that may be used; null if there is none
         */
        Person reads(@Nullable String segment) {
            often(10, () -> post(Service.FILTER, FLIGHTS + "/query", """
                    {"filters":[{"field":"origin","op":"eq","value":"%s"},{"field":"delay","op":"gt","value":%d}],
                     "sort":{"field":"delay","dir":"desc"},"page":{"limit":10}}""".formatted(airport(), random.nextInt(200))));
            often(2, () -> post(Service.FILTER, FLIGHTS + "/aggregate", """
                    {"filters":[{"field":"origin","op":"eq","value":"%s"}],
                     "aggregate":{"group_by":[{"field":"destination"}],"measures":[{"fn":"count","as":"flights"}]},
                     "sort":[{"field":"flights","dir":"desc"}],"page":{"limit":5}}""".formatted(airport())));
            often(2, () -> get(Service.FILTER, FLIGHTS));
            often(1, () -> get(Service.FILTER, FLIGHTS + "/schema"));
            often(1, () -> get(Service.FILTER, "/api/v1/datasets?limit=20"));
            often(2, () -> get(Service.FILTER, FLIGHTS + "/segments?limit=10"));
            if (segment != null) {
                often(2, () -> get(Service.FILTER, FLIGHTS + "/segments/" + segment));
                often(
                        2,
                        () -> post(
                                Service.FILTER,
                                FLIGHTS + "/query",
                                "{\"filters\":[{\"segment\":\"%s\"}],\"page\":{\"limit\":5}}".formatted(segment)));
            }
            often(2, () -> get(Service.EXPORT, "/api/v1/exports?limit=5"));
            often(4, () -> get(Service.EXPORT, "/api/v1/exports/" + lastExport));
            often(2, () -> post(Service.AUTHZ, "/access/v1/evaluation", """
                    {"subject":{"type":"User","id":"%s"},"action":{"name":"dataset.query"},
                     "resource":{"type":"Dataset","id":"flights"}}""".formatted(Scenario.subjectOf(token))));
            return this;
        }

        Person writes() {
            often(
                    8,
                    () -> post(Service.INGEST, "/api/v1/telemetry", """
                    {"records":[{"entity_id":"mixed:%d","event_at":"%s","attributes":{"delay":%d}}]}""".formatted(
                                    random.nextInt(100), Instant.now(), random.nextInt(200))));
            often(1, () -> get(Service.INGEST, "/api/v1/attributes?limit=10"));
            often(1, () -> get(Service.INGEST, "/api/v1/reconciliation"));
            return this;
        }

        Person administers() {
            often(2, () -> get(Service.AUTHZ, "/api/v1/users?limit=10"));
            often(1, () -> get(Service.AUTHZ, "/api/v1/policies?limit=10"));
            return this;
        }

        void work(int requests) {
            for (int i = 0; i < requests; i++) {
                Supplier<Answer> habit =
                        i % EXPORT_EVERY == 0 ? this::export : habits.get(random.nextInt(habits.size()));
                Scenario.patiently(habit).expect(200, 202);
                if (sent.incrementAndGet() % CHANGE_EVERY == 0) {
                    change(administrator, newcomer);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }

        private Answer export() {
            Answer answer = post(Service.EXPORT, "/api/v1/exports", """
                    {"source":"flights","format":"csv",
                     "filters":[{"field":"origin","op":"eq","value":"%s"},{"field":"delay","op":"gt","value":150}]}""".formatted(airport()));
            if (answer.status() == 202) {
                lastExport = answer.string("id");
            }
            return answer;
        }

        private void often(int weight, Supplier<Answer> habit) {
            for (int i = 0; i < weight; i++) {
                habits.add(habit);
            }
        }

        private String airport() {
            return Scenario.AIRPORTS.get(random.nextInt(Scenario.AIRPORTS.size()));
        }

        private Answer get(Service service, String path) {
            return api.get(service, path, token, Map.of());
        }

        private Answer post(Service service, String path, String json) {
            return api.post(service, path, token, json, Map.of());
        }
    }
}
