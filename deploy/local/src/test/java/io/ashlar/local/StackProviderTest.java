package io.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.local.Stack.Server;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackProviderTest {

    private String before;

    @BeforeEach
    void remember() {
        before = System.getProperty(StackProvider.PROPERTY, "embedded");
    }

    @AfterEach
    void restore() {
        System.setProperty(StackProvider.PROPERTY, before);
    }

    @ParameterizedTest
    @CsvSource({"embedded, EMBEDDED", "containers, CONTAINERS"})
    void a_provider_is_chosen_by_name(String name, StackProvider provider) {
        System.setProperty(StackProvider.PROPERTY, name);
        assertThat(StackProvider.chosen()).isEqualTo(provider);
    }

    @Test
    void another_name_is_refused_with_those_that_are_known() {
        System.setProperty(StackProvider.PROPERTY, "docker");
        assertThatThrownBy(StackProvider::chosen)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ashlar.stack=docker is unknown; allowed: embedded, containers");
    }

    @Test
    void containers_refuse_what_they_cannot_keep(@TempDir Path directory) {
        StackOptions tests = StackOptions.tests(Server.REDIS).withDirectory(directory);
        for (StackOptions options : new StackOptions[] {
            tests.withKeepData(true), tests.withListenAddress("127.0.0.2"), StackOptions.laptop(directory)
        }) {
            assertThatThrownBy(() -> StackProvider.CONTAINERS.start(options))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("containers is for tests");
        }
    }
}
