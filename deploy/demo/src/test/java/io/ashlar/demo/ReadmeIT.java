package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ashlar.local.Readme;
import io.ashlar.local.Services.Service;
import io.ashlar.local.Tokens;
import io.ashlar.local.TrialUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The READMEs' commands, run as they stand on the running platform, each in a tenant of its own: they name tenant A and the fixed
 * ports of {@code ./ashlar up}, which are replaced by those of the test.
 */
class ReadmeIT {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final List<String> USERS = List.of("ana", "ed", "ada");

    /** What the launcher does with these two commands, where no platform is up on the fixed ports. */
    private static final String LAUNCHER = """
            #!/usr/bin/env bash
            name=TOKEN_${2//-/_}
            case $1 in
              token) echo "${!name}" ;;
              verify) exec "$JAVA" -cp "$CLASS_PATH" io.ashlar.demo.Main "$@" ;;
              *) exit 2 ;;
            esac
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "README.md|GENUINE",
                "authz-service/server/README.md|access_evaluation_endpoint",
                "ingest-service/README.md|in_flight",
                "query-router/README.md|\"complete\":true"
            })
    void theExamplesRun(String file, String shown, @TempDir Path directory) throws IOException {
        UUID tenant = newTenant();
        Files.createFile(
                directory.resolve("ashlar"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(directory.resolve("ashlar"), LAUNCHER);
        Tokens tokens = PLATFORM.platform().tokens();
        Readme readme = Readme.at(Path.of(System.getProperty("ashlar.root", "../.."), file))
                .withoutRefusals()
                .replacing(TrialUser.TENANT_A, tenant.toString())
                .replacing("/tmp/", directory + "/")
                .with("TOKEN_olga", tokens.user("olga"))
                .with("TOKEN_ashlar_export", tokens.service("ashlar-export"))
                .with("JAVA", ProcessHandle.current().info().command().orElse("java"))
                .with("CLASS_PATH", System.getProperty("java.class.path"));
        for (String user : USERS) {
            readme = readme.with("TOKEN_" + user, PLATFORM.token(tenant, user));
        }
        for (Service service : Service.values()) {
            String address = PLATFORM.platform().services().url(service).getAuthority();
            readme = readme.replacing("localhost:" + service.port(), address)
                    .replacing("127.0.0.1:" + service.port(), address);
        }

        Readme.Run run = readme.run(directory);

        assertEquals(0, run.exit(), run.output());
        assertTrue(run.output().contains(shown), run.output());
    }

    /** A tenant with ada, ed and a dataset of flights. */
    private static UUID newTenant() {
        UUID tenant = UUID.randomUUID();
        Scenario scenario = new Scenario(PLATFORM.platform().target());
        scenario.put(
                Service.AUTHZ,
                "/api/v1/tenants/" + tenant,
                scenario.token("olga"),
                "{\"name\":\"Acme\",\"first_admin\":\"%s\"}".formatted(scenario.subject("ada")));
        scenario.put(
                Service.AUTHZ,
                "/api/v1/users/" + scenario.subject("ed"),
                PLATFORM.token(tenant, "ada"),
                "{\"roles\":[\"editor\"]}");
        scenario.declareFlights(PLATFORM.token(tenant, "ed"));
        return tenant;
    }
}
