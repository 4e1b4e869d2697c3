package io.ashlar.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ChildTest {

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells the state of a process in /proc")
    void what_has_ended_counts_as_ended_though_its_parent_never_asks() throws IOException {
        // The shell becomes a program that knows nothing of its child.
        Process parent = new ProcessBuilder("/bin/sh", "-c", "sleep 0.1 & echo $!; exec sleep 60").start();
        try {
            long pid = Long.parseLong(parent.inputReader().readLine());
            ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
            assertThat(Child.allEnded(List.of(child), Duration.ofSeconds(30))).isTrue();
            assertThat(child.isAlive()).as("still listed").isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void what_goes_on_has_not_ended() throws IOException {
        Process process = new ProcessBuilder("sleep", "60").start();
        try {
            assertThat(Child.allEnded(List.of(process.toHandle()), Duration.ofMillis(50)))
                    .isFalse();
            process.destroyForcibly();
            assertThat(Child.allEnded(List.of(process.toHandle()), Duration.ofSeconds(30)))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
