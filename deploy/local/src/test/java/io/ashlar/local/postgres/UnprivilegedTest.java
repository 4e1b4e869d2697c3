package io.ashlar.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory where every user of the machine could have been first. */
class UnprivilegedTest {

    @TempDir
    private Path place;

    private Path directory;
    private int me;

    @BeforeEach
    void me() throws IOException {
        directory = place.resolve("shared");
        me = (Integer) Files.getAttribute(place, "unix:uid");
    }

    @Test
    void a_new_one_can_be_passed_and_not_looked_into() throws IOException {
        assertThat(Unprivileged.privateDirectory(directory, me)).isEqualTo(directory);
        assertThat(Files.getPosixFilePermissions(directory)).isEqualTo(PosixFilePermissions.fromString("rwx--x--x"));
        assertThat(Unprivileged.privateDirectory(directory, me)).isEqualTo(directory);
    }

    @Test
    void anothers_is_refused() throws IOException {
        Files.createDirectory(directory);
        assertThatThrownBy(() -> Unprivileged.privateDirectory(directory, me + 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("belongs to user " + me);
    }

    @Test
    void one_that_others_can_write_is_refused() throws IOException {
        Files.createDirectory(directory);
        for (String permissions : new String[] {"rwxrwx---", "rwx----wx"}) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
            assertThatThrownBy(() -> Unprivileged.privateDirectory(directory, me))
                    .hasMessageContaining("can be written by others");
        }
    }

    @Test
    void a_link_to_one_of_ours_is_refused_too() throws IOException {
        Path ours = Files.createDirectory(place.resolve("ours"));
        Files.createSymbolicLink(directory, ours);
        assertThatThrownBy(() -> Unprivileged.privateDirectory(directory, me)).hasMessageContaining("is a link");
        Files.delete(directory);
        Files.createSymbolicLink(directory, place.resolve("nowhere"));
        assertThatThrownBy(() -> Unprivileged.privateDirectory(directory, me)).hasMessageContaining("is a link");
    }

    @Test
    void a_file_is_refused() throws IOException {
        Files.createFile(directory);
        assertThatThrownBy(() -> Unprivileged.privateDirectory(directory, me)).hasMessageContaining("is no directory");
    }
}
