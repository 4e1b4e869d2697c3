package io.ashlar.local.process;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Generated passwords: 192 random bits in hexadecimal, safe in URLs, shells and configuration files. */
public final class RandomSecret {

    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomSecret() {}

    public static String text() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
