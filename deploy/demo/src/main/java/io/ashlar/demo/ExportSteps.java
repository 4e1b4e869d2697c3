package io.ashlar.demo;

import static io.ashlar.demo.DemoFailure.unless;

import io.ashlar.demo.Api.Answer;
import io.ashlar.demo.Step.Outcome;
import io.ashlar.export.receipt.ReceiptVerifier;
import io.ashlar.export.receipt.Verdict;
import io.ashlar.local.Services.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Export the query's result, download it by the signed link, verify the receipt without the platform. */
final class ExportSteps {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Set<String> DONE = Set.of("succeeded", "failed", "cancelled", "dead");

    private final Api api;
    private final Scenario scenario;
    private final Path files;
    private final String run;

    /**
     * Prepares them.
     *
     * @param files a folder to download to
     * @param run makes the idempotency key of this run its own
     */
    ExportSteps(Api api, Scenario scenario, Path files, String run) {
        this.api = api;
        this.scenario = scenario;
        this.files = files;
        this.run = run;
    }

    /**
     * Runs them.
     *
     * @param query what to export, in the filter language
     * @param token the export must have seen this
     * @param rows how many rows the query has
     */
    Outcome run(String query, String token, int rows) {
        String ed = scenario.token("ed");
        String body = "{\"source\":\"flights\",\"format\":\"csv\",\"consistency_token\":\"%s\",%s"
                .formatted(token, query.strip().substring(1));
        Answer accepted = api.post(
                        Service.EXPORT, "/api/v1/exports", ed, body, Map.of("Idempotency-Key", run + "-export"))
                .expect(202);
        String path = "/api/v1/exports/" + accepted.string("id");
        Answer done = await(path, ed);
        unless(done.string("state").equals("succeeded"), "the export did not succeed: " + done.text());

        Answer link = api.get(Service.EXPORT, path + "/download", ed, Map.of()).expect(302);
        byte[] csv =
                api.download(URI.create(link.headers().firstValue("Location").orElseThrow()));
        String receipt = api.get(Service.EXPORT, path + "/receipt", ed, Map.of())
                .expect(200)
                .text();
        String keys = api.get(Service.EXPORT, "/api/v1/receipts/jwks", ed, Map.of())
                .expect(200)
                .text();
        try {
            Path file = Files.write(files.resolve("late-flights.csv"), csv);
            Files.writeString(files.resolve("late-flights.receipt"), receipt);
            Files.writeString(files.resolve("export-keys.json"), keys);
            verify(file, receipt, keys);
        } catch (IOException e) {
            throw new UncheckedIOException("the download cannot be kept in " + files, e);
        }
        long lines = new String(csv, StandardCharsets.UTF_8).lines().count();
        unless(lines == rows + 1L, "the file has " + (lines - 1) + " rows, the query " + rows);
        return new Outcome(
                "%d rows by a signed link; receipt verified offline, forgery refused".formatted(rows), "job pool");
    }

    private static void verify(Path file, String receipt, String keys) throws IOException {
        Verdict verdict = ReceiptVerifier.verify(file, receipt, keys);
        unless(verdict instanceof Verdict.Genuine, "the receipt does not fit the file: " + verdict);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Path forged = Files.write(file.resolveSibling("forged.csv"), bytes);
        unless(ReceiptVerifier.verify(forged, receipt, keys) instanceof Verdict.Different, "a changed file passed");
        Files.delete(forged);
    }

    private Answer await(String path, String token) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            Answer answer = api.get(Service.EXPORT, path, token, Map.of()).expect(200);
            if (DONE.contains(answer.string("state"))) {
                return answer;
            }
            unless(System.nanoTime() < deadline, "the export is still " + answer.string("state"));
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
