package io.ashlar.export.receipt;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 in the house's spelling, {@code sha256:<64 lower-case hex digits>}. */
public final class Digests {

    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    private Digests() {}

    /** A fresh SHA-256 digest; not thread-safe. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The digest's value in the house's spelling; resets {@code digest}. */
    public static String text(MessageDigest digest) {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /** The SHA-256 of some bytes in the house's spelling. */
    public static String of(byte[] bytes) {
        MessageDigest digest = sha256();
        digest.update(bytes);
        return text(digest);
    }

    static void require(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a sha256 digest: " + text);
        }
    }
}
