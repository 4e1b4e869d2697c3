package io.ashlar.guard.command;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Reads a command line and runs what it says. */
final class Command {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int NOT_UNDERSTOOD = 2;

    private static final int SECONDS_MAX = 86_400;
    private static final String USAGE = """
            commands:
              (none)                     serve
              migrate                    bring the schema to this program's version
              await-schema SECONDS       wait until the schema has this program's version
              probe URL=STATUS…          wait up to a minute until each URL answers with its status
            """;

    private Command() {}

    /**
     * Runs one command to its end.
     *
     * @return the status to exit with: 0 done, 1 failed, 2 not understood
     */
    static int run(String[] arguments, Config config, PrintStream out) throws InterruptedException {
        List<String> rest = List.of(arguments).subList(1, arguments.length);
        try {
            return switch (arguments[0]) {
                case "migrate" -> Migration.of(SchemaSettings.read(config)).run(out);
                case "await-schema" -> new SchemaWait(SchemaSettings.read(config), seconds(rest)).run(out);
                case "probe" -> new Probe(answers(rest)).run(out);
                case String unknown -> throw new IllegalArgumentException("unknown command " + unknown);
            };
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.print(USAGE);
            return NOT_UNDERSTOOD;
        }
    }

    private static Duration seconds(List<String> rest) {
        if (rest.size() != 1 || !rest.getFirst().matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("await-schema needs a number of seconds");
        }
        int seconds = Integer.parseInt(rest.getFirst());
        if (seconds < 1 || seconds > SECONDS_MAX) {
            throw new IllegalArgumentException("await-schema waits 1 to " + SECONDS_MAX + " seconds");
        }
        return Duration.ofSeconds(seconds);
    }

    private static List<Probe.Answer> answers(List<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("probe needs at least one URL=STATUS");
        }
        List<Probe.Answer> answers = new ArrayList<>();
        for (String wanted : rest) {
            if (!wanted.matches("https?://.+=[0-9]{3}")) {
                throw new IllegalArgumentException(wanted + " is not of the form http://host:port/path=200");
            }
            int split = wanted.lastIndexOf('=');
            answers.add(new Probe.Answer(
                    URI.create(wanted.substring(0, split)), Integer.parseInt(wanted.substring(split + 1))));
        }
        return answers;
    }
}
