package io.ashlar.guard.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/**
 * Waits until every migration this program carries is applied; looks with the role that serves, and changes nothing. A schema
 * that is further than this program is well: migrations expand before they contract.
 */
final class SchemaWait {

    private final SchemaSettings settings;
    private final Duration limit;

    SchemaWait(SchemaSettings settings, Duration limit) {
        this.settings = settings;
        this.limit = limit;
    }

    int run(PrintStream out) throws InterruptedException {
        Flyway flyway = settings.flyway("api");
        Optional<String> missing = Patience.until(limit, () -> missing(flyway), out);
        if (missing.isPresent()) {
            out.printf(
                    "event=schema_awaited_in_vain schema=%s seconds=%d why=%s hint=%s%n",
                    settings.schema(),
                    limit.toSeconds(),
                    missing.get(),
                    "look at the Job that migrates (its name has -migrate-)");
            return Command.FAILED;
        }
        out.printf("event=schema_there schema=%s%n", settings.schema());
        return Command.DONE;
    }

    private Optional<String> missing(Flyway flyway) {
        try {
            MigrationInfoService info = flyway.info();
            String pending =
                    Arrays.stream(info.pending()).map(MigrationInfo::getScript).collect(Collectors.joining(","));
            return pending.isEmpty() ? Optional.empty() : Optional.of("not applied: " + pending);
        } catch (FlywayException e) {
            return Optional.of(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }
}
