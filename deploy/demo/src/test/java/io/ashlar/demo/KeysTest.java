package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.ashlar.filter.impact.ImpactKeys;
import io.ashlar.local.Services.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys outlive a restart, and a version that needs one more. */
final class KeysTest {

    private static final String SEAL = "ashlar.filter.seal.keys";
    private static final String IMPACT = "ashlar.filter.impact.keys";

    @Test
    void whatIsKeptStaysAndWhatIsMissingIsMadeOnce(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("keys.properties");
        Keys.keptIn(file);
        String[] kept = Files.readString(file).split("\n", -1);
        StringBuilder older = new StringBuilder();
        for (String line : kept) {
            older.append(line.startsWith("filter-impact") ? "" : line + "\n");
        }
        Files.writeString(file, older.toString());

        Map<String, String> completed = Keys.keptIn(file).configuration(Service.FILTER);
        assertNotNull(completed.get(IMPACT));
        assertNotEquals(completed.get(SEAL), completed.get(IMPACT));
        assertEquals(completed, Keys.keptIn(file).configuration(Service.FILTER));
        assertEquals(
                completed.get(SEAL),
                Keys.keptIn(file).configuration(Service.ROUTER).get("ashlar.router.seal.keys"));
        String trusted = Keys.keptIn(file).configuration(Service.AUTHZ).get("ashlar.authz.impact.jwks");
        assertEquals(ImpactKeys.parse(String.valueOf(completed.get(IMPACT))).jwks(), trusted);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
}
