package io.ashlar.kubernetes.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The least values of helm/README.md are enough. */
final class ReadmeTest {

    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void itsValuesInstall() throws IOException {
        Matcher blocks =
                YAML.matcher(Files.readString(Path.of(System.getProperty("ashlar.root"), "helm", "README.md")));
        assertThat(blocks.find()).isTrue();
        Path values = Files.writeString(directory.resolve("values.yaml"), blocks.group(1));
        assertThat(new Charts.Case(Charts.UMBRELLA, "README", List.of(values))
                        .render()
                        .of(Deployment.class))
                .hasSize(5);
    }
}
