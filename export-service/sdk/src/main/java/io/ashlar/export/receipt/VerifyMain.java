package io.ashlar.export.receipt;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code VerifyMain FILE RECEIPT [--keys FILE]}: says whether a file is the one that was exported.
 *
 * <p>Exit status: 0 genuine, 1 altered, 2 nothing can be said (usage, unreadable input). Without {@code --keys} the
 * pinned key set of this user is taken: the environment variable {@code ASHLAR_EXPORT_KEYS}, else
 * {@code ~/.ashlar/export-receipt-keys.json}. It is never looked for beside the receipt, where a forger would put it.
 */
public final class VerifyMain {

    static final int GENUINE = 0;
    static final int DIFFERENT = 1;
    static final int UNDECIDED = 2;

    private static final String USAGE = "usage: verify FILE RECEIPT [--keys FILE]";

    private VerifyMain() {}

    public static void main(String[] args) {
        int status = run(args, pinned(), new PrintStream(System.out, true, StandardCharsets.UTF_8));
        System.exit(status);
    }

    static int run(String[] args, Path pinnedKeys, PrintStream out) {
        @Nullable Arguments arguments = Arguments.read(args, pinnedKeys);
        if (arguments == null) {
            out.println(USAGE);
            return UNDECIDED;
        }
        try {
            String receipt = read(arguments.receipt(), "the receipt");
            String keys = read(arguments.keys(), "the key set (--keys FILE)");
            return report(ReceiptVerifier.verify(arguments.file(), receipt, keys), arguments, out);
        } catch (IOException e) {
            out.println("CANNOT SAY: " + e.getMessage());
            return UNDECIDED;
        }
    }

    private static int report(Verdict verdict, Arguments arguments, PrintStream out) {
        switch (verdict) {
            case Verdict.Genuine genuine -> {
                Receipt receipt = genuine.receipt();
                out.println("GENUINE: " + arguments.file() + " is export " + receipt.exportId());
                out.println("  source      " + receipt.source() + " of tenant " + receipt.tenant());
                out.println("  as of       " + receipt.asOf().kind());
                out.println("  rows        " + receipt.rows());
                out.println("  bytes       " + receipt.bytes() + " in "
                        + receipt.parts().size() + " part(s)");
                out.println("  digest      " + receipt.sha256());
                out.println("  masked      " + (receipt.masked().isEmpty() ? "nothing" : receipt.masked()));
                for (Fidelity note : receipt.fidelity()) {
                    out.println(
                            "  fidelity    " + note.column() + ": " + note.note() + " in " + note.cells() + " cell(s)");
                }
                out.println("  signed      " + receipt.createdAt() + " by key " + genuine.kid());
                return GENUINE;
            }
            case Verdict.Different different -> {
                out.println("NOT GENUINE: " + arguments.file() + " differs from what was exported");
                for (Difference difference : different.differences()) {
                    out.println("  " + difference.kind() + ": expected " + difference.expected() + ", found "
                            + difference.found());
                }
                return DIFFERENT;
            }
            case Verdict.Unreadable unreadable -> {
                out.println("CANNOT SAY: " + unreadable.reason());
                return UNDECIDED;
            }
        }
    }

    private static String read(Path file, String what) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(what + " is not at " + file);
        }
        if (Files.size(file) > ReceiptVerifier.RECEIPT_BYTES_MAX) {
            throw new IOException(what + " is too large: " + file);
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static Path pinned() {
        String environment = System.getenv("ASHLAR_EXPORT_KEYS");
        return environment == null
                ? Path.of(System.getProperty("user.home"), ".ashlar", "export-receipt-keys.json")
                : Path.of(environment);
    }

    private record Arguments(Path file, Path receipt, Path keys) {

        static @Nullable Arguments read(String[] args, Path pinnedKeys) {
            List<String> plain = new ArrayList<>();
            Path keys = pinnedKeys;
            for (int i = 0; i < args.length; i++) {
                if (args[i].equals("--keys") && i + 1 < args.length) {
                    i++;
                    keys = Path.of(args[i]);
                } else if (args[i].startsWith("--")) {
                    return null;
                } else {
                    plain.add(args[i]);
                }
            }
            return plain.size() == 2 ? new Arguments(Path.of(plain.get(0)), Path.of(plain.get(1)), keys) : null;
        }
    }
}
