package io.ashlar.demo;

import static io.ashlar.demo.DemoFailure.unless;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.demo.Api.Answer;
import io.ashlar.demo.Scenario.Ingested;
import io.ashlar.demo.Step.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The main job on a platform that runs, from tenants to a verified export; each step fails unless it proves what it says. */
final class Journey {

    /** Delay over an hour, out of three airports, in the second quarter, worst first. */
    private static final String LATE = """
            {"filters":[{"field":"delay","op":"gt","value":60},
                        {"field":"origin","op":"in","value":["ORD","DFW","ATL"]},
                        {"field":"date","op":"between","value":["2001-04-01","2001-07-01"]}],
             "sort":[{"field":"delay","dir":"desc"},{"field":"date","dir":"asc"}],
             "fields":["id","date","delay","distance","origin","destination"]%s}
            """;

    private static final int PAGES = 3;

    private final Target target;
    private final Scenario scenario;
    private final Flights flights;
    private final Report report;
    private final Path files;
    private final String run;

    private String token = "";
    private List<JsonNode> late = List.of();

    /**
     * Prepares it.
     *
     * @param files a folder to download to
     * @param run makes the idempotency keys of this run its own; a repeated run is answered as the first was
     */
    Journey(Target target, Flights flights, Report report, Path files, String run) {
        this.target = target;
        this.scenario = new Scenario(target);
        this.flights = flights;
        this.report = report;
        this.files = files;
        this.run = run;
    }

    void run() {
        report.step("create tenants", scenario::createTenants);
        report.step("grant", scenario::grant);
        report.step("declare", scenario::declare);
        report.step("ingest", this::ingest);
        report.step("read own write", this::readOwnWrite);
        report.step("filter, three pages", this::pages);
        report.step("tenant B", this::otherTenant);
        report.step("analyst of A", this::analyst);
        report.step("export", this::export);
    }

    private Outcome ingest() {
        long started = System.nanoTime();
        Ingested ingested = scenario.ingest(flights, run);
        token = ingested.token();
        double seconds = (System.nanoTime() - started) / 1e9;
        unless(ingested.accepted() > 0, "no flight was accepted");
        return Outcome.of("%,d flights accepted, receipts signed, %,.0f records/s"
                .formatted(ingested.accepted(), ingested.accepted() / seconds));
    }

    private Outcome readOwnWrite() {
        Flight own = new Flight(9_999_999, Instant.parse("2001-06-30T23:59:00Z"), 61, 606, "ORD", "LGA");
        Answer receipt = scenario.batch(own.toTelemetryLine(), run + "-own-write");
        String json = "{\"filters\":[{\"field\":\"id\",\"op\":\"eq\",\"value\":\"%s\"}]}".formatted(own.entityId());
        Answer answer =
                scenario.query("ed", json, session(receipt.string("token"))).expect(200);
        JsonNode rows = answer.body().path("rows");
        unless(rows.size() == 1 && rows.get(0).path("delay").asLong() == 61, "my write is not there: " + answer.text());
        unless(answer.string("source").contains("replica"), "not read on a replica: " + answer.text());
        return new Outcome("seen at once by the receipt's token, on a replica", where(answer));
    }

    private Outcome pages() {
        List<JsonNode> rows = new ArrayList<>();
        Set<String> where = new TreeSet<>();
        int limit = 40;
        Answer page = lateFlights("ed", ",\"page\":{\"limit\":" + limit + "}", session(token));
        int count = 1;
        page.body().path("rows").forEach(rows::add);
        where.add(page.string("source"));
        while (page.body().hasNonNull("next_cursor") && count < PAGES) {
            page = lateFlights(
                    "ed",
                    ",\"page\":{\"limit\":%d,\"cursor\":\"%s\"}".formatted(limit, page.string("next_cursor")),
                    Map.of());
            page.body().path("rows").forEach(rows::add);
            where.add(page.string("source"));
            count++;
        }
        unless(count == PAGES, "there were " + count + " pages, not " + PAGES);
        Set<String> ids = new HashSet<>();
        long before = Long.MAX_VALUE;
        for (JsonNode row : rows) {
            long delay = row.path("delay").asLong();
            unless(ids.add(row.path("id").asText()), "twice: " + row);
            unless(delay > 60 && delay <= before, "wrong delay or order: " + row);
            unless(Scenario.AIRPORTS.contains(row.path("origin").asText()), "wrong origin: " + row);
            before = delay;
        }
        late = rows;
        return new Outcome(
                "%d flights over an hour late out of ORD, DFW, ATL in one quarter; none twice, in order"
                        .formatted(rows.size()),
                String.join(", ", where));
    }

    private Outcome otherTenant() {
        Answer answer = lateFlights("bob", "", Map.of());
        unless(answer.body().path("rows").isEmpty(), "B sees rows of A: " + answer.text());
        return new Outcome("the same query as tenant B: no rows", where(answer));
    }

    private Outcome analyst() {
        Answer answer = lateFlights("ana", ",\"page\":{\"limit\":500}", session(token));
        JsonNode rows = answer.body().path("rows");
        unless(!rows.isEmpty(), "the analyst sees nothing");
        Set<String> origins = new HashSet<>();
        rows.forEach(row -> {
            origins.add(row.path("origin").asText());
            unless(row.path("distance").isNull(), "distance is not masked: " + row);
        });
        unless(Scenario.ANALYST_AIRPORTS.containsAll(origins), "the analyst sees " + origins);
        unless(answer.body().path("masked").toString().contains("distance"), "masked is not said: " + answer.text());
        return new Outcome("%d of them: the policy hides ATL and masks distance".formatted(rows.size()), where(answer));
    }

    private Outcome export() {
        return new ExportSteps(target.api(), scenario, files, run).run(LATE.formatted(""), token, late.size());
    }

    /** The late flights as {@code user} sees them. */
    Answer lateFlights(String user, String rest, Map<String, String> headers) {
        return scenario.query(user, LATE.formatted(rest), headers).expect(200);
    }

    private static Map<String, String> session(String token) {
        return Map.of("Ashlar-Consistency", "session", "Ashlar-Consistency-Token", token);
    }

    static String where(Answer answer) {
        return answer.string("source") + ", lag " + answer.string("lag_ms") + " ms";
    }
}
