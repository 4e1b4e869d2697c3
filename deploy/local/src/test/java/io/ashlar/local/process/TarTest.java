package io.ashlar.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarTest {

    @TempDir
    Path target;

    @Test
    void files_folders_links_and_modes_come_out() throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.writeBytes(entry("bin/", '5', "", 0, 0755));
        archive.writeBytes(entry("bin/run", '0', "", 3, 0755));
        archive.writeBytes(padded("abc"));
        archive.writeBytes(entry("lib/a.so.1", '0', "", 0, 0644));
        archive.writeBytes(entry("lib/a.so", '2', "a.so.1", 0, 0777));
        archive.writeBytes(new byte[1024]);
        Tar.extract(new ByteArrayInputStream(archive.toByteArray()), target);
        assertThat(target.resolve("bin/run")).hasContent("abc").isExecutable();
        assertThat(Files.isExecutable(target.resolve("lib/a.so.1"))).isFalse();
        assertThat(Files.readSymbolicLink(target.resolve("lib/a.so"))).isEqualTo(Path.of("a.so.1"));
    }

    @Test
    void a_long_name_comes_from_the_header_before() throws IOException {
        String name = "folder/" + "n".repeat(200);
        String record = " path=" + name + "\n";
        String pax = (record.length() + 3) + record;
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.writeBytes(entry("PaxHeaders/x", 'x', "", pax.length(), 0644));
        archive.writeBytes(padded(pax));
        archive.writeBytes(entry("folder/short", '0', "", 3, 0644));
        archive.writeBytes(padded("abc"));
        archive.writeBytes(entry("././@LongLink", 'L', "", name.length() + 2, 0644));
        archive.writeBytes(padded(name + "2\0"));
        archive.writeBytes(entry("folder/short", '0', "", 0, 0644));
        Tar.extract(new ByteArrayInputStream(archive.toByteArray()), target);
        assertThat(target.resolve(name)).hasContent("abc");
        assertThat(target.resolve(name + "2")).isEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "/outside", "a/../../outside"})
    void an_entry_cannot_leave_the_target(String name) {
        byte[] archive = entry(name, '0', "", 0, 0644);
        assertThatThrownBy(() -> Tar.extract(new ByteArrayInputStream(archive), target.resolve("in")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_link_cannot_leave_its_folder() {
        byte[] archive = entry("link", '2', "/etc/passwd", 0, 0777);
        assertThatThrownBy(() -> Tar.extract(new ByteArrayInputStream(archive), target))
                .isInstanceOf(IOException.class);
    }

    private static byte[] entry(String name, char type, String link, int size, int mode) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "%07o".formatted(mode));
        put(header, 124, "%011o".formatted(size));
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar\00000");
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static byte[] padded(String text) {
        return java.util.Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 512);
    }
}
