package io.ashlar.guard.command;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks URLs until each answers as wanted: for images without a shell and without curl. */
final class Probe {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration CALL = Duration.ofSeconds(5);

    private final List<Answer> wanted;

    Probe(List<Answer> wanted) {
        this.wanted = List.copyOf(wanted);
    }

    /** What is asked, and the status it must answer with. */
    record Answer(URI uri, int status) {}

    int run(PrintStream out) throws InterruptedException {
        try (HttpClient http = HttpClient.newBuilder()
                .connectTimeout(CALL)
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            for (Answer answer : wanted) {
                Optional<String> wrong = Patience.until(LIMIT, () -> wrong(http, answer), out);
                if (wrong.isPresent()) {
                    out.printf("event=probe_failed url=%s why=%s%n", answer.uri(), wrong.get());
                    return Command.FAILED;
                }
                out.printf("event=probed url=%s status=%d%n", answer.uri(), answer.status());
            }
        }
        return Command.DONE;
    }

    private static Optional<String> wrong(HttpClient http, Answer wanted) throws InterruptedException {
        try {
            int status = http.send(
                            HttpRequest.newBuilder(wanted.uri()).timeout(CALL).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status == wanted.status()
                    ? Optional.empty()
                    : Optional.of("answers " + status + ", not " + wanted.status());
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }
}
