package io.ashlar.filter.cursor;

import io.ashlar.filter.cursor.Opened.Invalid;
import io.ashlar.filter.cursor.Opened.Reason;
import io.ashlar.filter.key.KeySet;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens cursors: {@code v1.<kid>.<base64url of nonce, ciphertext, tag>}, AES-256-GCM (NIST SP 800-38D) with a
 * random nonce of 96 bits. Random nonces are good for 2³² cursors a key; keys are rotated long before. The binding and
 * the key's id are associated data. Thread-safe.
 */
public final class CursorCodec {

    /** Characters of the longest cursor; a position of that size would not be a position. */
    public static final int MAX_LENGTH = 16 * 1024;

    private static final String PREFIX = "v1.";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final CursorKeys keys;
    private final InstantSource clock;
    private final Supplier<byte[]> nonces;

    public CursorCodec(CursorKeys keys) {
        this(keys, InstantSource.system());
    }

    public CursorCodec(CursorKeys keys, InstantSource clock) {
        this(keys, clock, randomNonces());
    }

    CursorCodec(CursorKeys keys, InstantSource clock, Supplier<byte[]> nonces) {
        this.keys = keys;
        this.clock = clock;
        this.nonces = nonces;
    }

    /** An {@link IllegalArgumentException} if the position is too long to be carried in {@link #MAX_LENGTH}. */
    public String seal(CursorState state, CursorBinding binding) {
        String kid = keys.activeKid();
        byte[] nonce = nonces.get();
        byte[] sealed = run(Cipher.ENCRYPT_MODE, key(kid), nonce, associated(kid, binding), StateJson.write(state));
        if (sealed == null) {
            throw new IllegalStateException("encryption has no tag to refuse");
        }
        byte[] whole = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        String text = PREFIX + kid + '.' + ENCODER.encodeToString(whole);
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the position is too long for a cursor");
        }
        return text;
    }

    /** The state, or why not; never throws, whatever the text. */
    public Opened open(String text, CursorBinding binding) {
        int dot = text.indexOf('.', PREFIX.length());
        if (text.length() > MAX_LENGTH || !text.startsWith(PREFIX) || dot < 0) {
            return new Invalid(Reason.MALFORMED);
        }
        String kid = text.substring(PREFIX.length(), dot);
        byte[] whole = decode(text.substring(dot + 1));
        if (!KeySet.isId(kid) || whole == null || whole.length < NONCE_BYTES + TAG_BITS / 8) {
            return new Invalid(Reason.MALFORMED);
        }
        SecretKey key = keys.key(kid);
        if (key == null) {
            return new Invalid(Reason.UNKNOWN_KEY);
        }
        byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(whole, NONCE_BYTES, whole.length);
        byte[] plain = run(Cipher.DECRYPT_MODE, key, nonce, associated(kid, binding), sealed);
        if (plain == null) {
            return new Invalid(Reason.NOT_AUTHENTIC);
        }
        CursorState state = StateJson.read(plain);
        return clock.instant().isBefore(state.expiresAt()) ? new Opened.Ok(state) : new Invalid(Reason.EXPIRED);
    }

    private SecretKey key(String kid) {
        SecretKey key = keys.key(kid);
        if (key == null) {
            throw new IllegalStateException("the active key is not among the keys");
        }
        return key;
    }

    /** Null if the tag does not fit. */
    private static byte @Nullable [] run(int mode, SecretKey key, byte[] nonce, byte[] associated, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(associated);
            return cipher.doFinal(input);
        } catch (AEADBadTagException notAuthentic) {
            return null;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("AES-GCM does not work in this Java", broken);
        }
    }

    /** Each part with its length in front, so that no two bindings have the same bytes. */
    private static byte[] associated(String kid, CursorBinding binding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(192);
        for (String part : new String[] {
            "ashlar-cursor-v1",
            kid,
            binding.tenant().toString(),
            binding.dataset(),
            Long.toString(binding.version()),
            binding.queryHash()
        }) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    /** Null unless it is the one spelling of its bytes: the decoder alone would ignore the spare bits at the end. */
    private static byte @Nullable [] decode(String text) {
        try {
            byte[] bytes = DECODER.decode(text);
            return ENCODER.encodeToString(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static Supplier<byte[]> randomNonces() {
        SecureRandom random = new SecureRandom();
        return () -> {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            return nonce;
        };
    }
}
