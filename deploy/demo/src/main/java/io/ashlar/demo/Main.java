package io.ashlar.demo;

import io.ashlar.export.receipt.VerifyMain;
import io.ashlar.local.StackOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What the launcher calls; not meant to be called by hand. */
final class Main {

    private static final Duration TRICKLE_PAUSE = Duration.ofMillis(50);
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        List<String> rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        String command = arguments.length == 0 ? "" : arguments[0];
        try {
            System.exit(
                    switch (command) {
                        case "demo" -> demo(Arguments.of(rest, List.of("--file"), List.of("--keep")));
                        case "up" ->
                            Up.up(
                                    root(),
                                    home(),
                                    Arguments.of(
                                            rest,
                                            List.of("--listen"),
                                            List.of("--servers-only", "--keycloak", "--foreground")),
                                    OUT);
                        case "down" -> Up.down(home(), OUT);
                        case "status" -> Up.status(home(), OUT);
                        case "token" -> Up.token(home(), rest, OUT);
                        case "helm-files" -> Up.helmFiles(home(), rest, OUT);
                        case "verify" -> verify(rest);
                        case "smoke" -> smoke();
                        case "trickle" -> trickle(Arguments.of(rest, List.of("--seconds", "--until"), List.of()));
                        default -> throw new Arguments.Wrong("no such command: " + command);
                    });
        } catch (Arguments.Wrong e) {
            System.err.println("ashlar: " + e.getMessage() + " (./ashlar --help)");
            System.exit(2);
        } catch (RuntimeException e) {
            System.err.println("ashlar: " + e.getMessage());
            System.exit(1);
        }
    }

    private static int demo(Arguments arguments) throws IOException {
        Flights flights = arguments
                .value("--file")
                .<Flights>map(file -> new Flights.Parquet(Path.of(file)))
                .orElseGet(Flights.Sample::new);
        boolean keep = arguments.has("--keep");
        Path directory = root().resolve("target/demo-" + ProcessHandle.current().pid());
        Path files = Files.createDirectories(directory.resolve("files"));
        StackOptions options =
                StackOptions.tests().withDirectory(directory.resolve("stack")).withKeepData(keep);
        Report report = new Report(OUT);
        long started = System.nanoTime();
        OUT.println("Ashlar demo: " + flights.description());
        try (Platform platform = Platform.start(root(), options, Keys.random(), Map.of(), OUT)) {
            OUT.println("Ready after " + Report.seconds(Duration.ofNanos(System.nanoTime() - started)));
            new Demo(platform, flights, report, files).run();
        } catch (RuntimeException e) {
            OUT.println("Logs: " + directory.resolve("stack/logs"));
            throw e;
        }
        report.print();
        if (keep) {
            OUT.println("Logs, data and files: " + directory);
        } else {
            delete(directory);
            OUT.println("Everything is stopped.");
        }
        return 0;
    }

    /** The journey on a platform that the environment names. */
    private static int smoke() throws IOException {
        Report report = new Report(OUT);
        Path files = Files.createTempDirectory("ashlar-smoke");
        String run = "smoke-" + UUID.randomUUID();
        new Journey(Remote.of(System.getenv()), new Flights.Sample(), report, files, run).run();
        report.print();
        delete(files);
        return 0;
    }

    /** Requests without end or second try to a platform that the environment names; fails if one of them did. */
    private static int trickle(Arguments arguments) throws InterruptedException {
        // A client that tried again by itself would hide what this is to find.
        System.setProperty("jdk.httpclient.disableRetryConnect", "true");
        Duration length = Duration.ofSeconds(arguments.number("--seconds", 60, 1, 3_600));
        BooleanSupplier enough = arguments
                .value("--until")
                .map(Path::of)
                .<BooleanSupplier>map(file -> () -> Files.exists(file))
                .orElse(() -> false);
        return new Trickle(Remote.of(System.getenv()), length, TRICKLE_PAUSE, enough).run(OUT) ? 0 : 1;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Ends the process itself, with the verdict as its exit status. */
    private static int verify(List<String> arguments) {
        VerifyMain.main(arguments.toArray(String[]::new));
        return 0;
    }

    private static Path root() {
        return Path.of(System.getProperty("ashlar.root", ".")).toAbsolutePath().normalize();
    }

    private static Path home() {
        return Path.of(System.getProperty("ashlar.home", System.getProperty("user.home") + "/.ashlar"));
    }
}
