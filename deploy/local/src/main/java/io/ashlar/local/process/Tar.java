package io.ashlar.local.process;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Reads POSIX ustar archives (IEEE Std 1003.1 "pax", ustar interchange format) with GNU and pax long names: files, directories
 * and symbolic links, nothing else. Entries that would leave the target are refused.
 */
public final class Tar {

    private static final int BLOCK = 512;
    private static final long MAX_EXTENSION_BYTES = 65_536;

    private Tar() {}

    public static void extract(InputStream in, Path target) throws IOException {
        byte[] header = new byte[BLOCK];
        String longName = "";
        while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
            long size = octal(header, 124, 12);
            char type = (char) header[156];
            String name = longName.isEmpty() ? name(header) : longName;
            longName = "";
            if (type == 'L' || type == 'x') {
                byte[] extension = extension(in, size);
                longName = type == 'L' ? text(extension, 0, extension.length) : paxPath(extension);
                continue;
            }
            Path path = target.resolve(name).normalize();
            if (!path.startsWith(target)) {
                throw new IOException("entry leaves the target: " + name);
            }
            entry(in, path, type, size, text(header, 157, 100), (octal(header, 100, 8) & 0111) != 0);
            in.skipNBytes(padding(size));
        }
    }

    private static void entry(InputStream in, Path path, char type, long size, String link, boolean executable)
            throws IOException {
        switch (type) {
            case '5' -> Files.createDirectories(path);
            case '2' -> {
                Files.createDirectories(path.getParent());
                if (link.startsWith("/") || link.contains("..")) {
                    throw new IOException("link leaves its folder: " + link);
                }
                Files.createSymbolicLink(path, Path.of(link));
            }
            case '0', '\0' -> {
                Files.createDirectories(path.getParent());
                file(in, path, size);
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            }
            default -> throw new IOException("entry of type " + type + ": " + path);
        }
    }

    private static void file(InputStream in, Path path, long size) throws IOException {
        byte[] buffer = new byte[65_536];
        try (var out = Files.newOutputStream(path)) {
            long left = size;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException("archive ends within " + path);
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private static byte[] extension(InputStream in, long size) throws IOException {
        if (size > MAX_EXTENSION_BYTES) {
            throw new IOException("extended header of " + size + " bytes");
        }
        byte[] bytes = in.readNBytes((int) size);
        in.skipNBytes(padding(size));
        return bytes;
    }

    /** The record {@code path} among {@code "<length> <key>=<value>\n"}; the others (times, owners) do not matter here. */
    private static String paxPath(byte[] records) throws IOException {
        int at = 0;
        while (at < records.length) {
            int space = at;
            while (space < records.length && records[space] != ' ') {
                space++;
            }
            int length = Integer.parseInt(text(records, at, space - at));
            if (length <= space - at || at + length > records.length) {
                throw new IOException("malformed extended header");
            }
            String record = new String(records, space + 1, at + length - space - 2, StandardCharsets.UTF_8);
            if (record.startsWith("path=")) {
                return record.substring("path=".length());
            }
            at += length;
        }
        return "";
    }

    private static String name(byte[] header) {
        String prefix = text(header, 257, 5).equals("ustar") && header[263] == '0' ? text(header, 345, 155) : "";
        String name = text(header, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static long padding(long size) {
        return (BLOCK - size % BLOCK) % BLOCK;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] bytes, int from, int length) {
        String digits = text(bytes, from, length).strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }
}
