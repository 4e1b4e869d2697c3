package io.ashlar.kubernetes.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is made of values.yaml is what is in the repository; {@code -Dashlar.docs.update=true} writes it. */
final class ChartDocumentsTest {

    @Test
    void areUpToDate() throws IOException {
        Path helm = Path.of(System.getProperty("ashlar.root"), "helm");
        for (Map.Entry<Path, String> file : ChartDocuments.of(helm).entrySet()) {
            if (Boolean.getBoolean("ashlar.docs.update")) {
                Files.writeString(file.getKey(), file.getValue());
            }
            assertThat(file.getKey())
                    .as("run mvn test -pl deploy/kubernetes -Dashlar.docs.update=true")
                    .content()
                    .isEqualTo(file.getValue());
        }
    }
}
