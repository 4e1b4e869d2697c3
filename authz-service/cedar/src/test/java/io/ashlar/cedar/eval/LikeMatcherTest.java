package io.ashlar.cedar.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.cedar.syntax.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class LikeMatcherTest {

    /** By the definition: an asterisk is nothing, or one character and an asterisk. */
    private static boolean matches(List<String> pieces, String text) {
        boolean[] reached = new boolean[text.length() + 1];
        reached[0] = true;
        for (int i = 0; i < pieces.size(); i++) {
            boolean[] next = new boolean[text.length() + 1];
            for (int at = 0; at <= text.length(); at++) {
                boolean from = reached[at];
                for (int j = 0; i > 0 && j < at; j++) {
                    from |= reached[j];
                }
                if (from && text.startsWith(pieces.get(i), at)) {
                    next[at + pieces.get(i).length()] = true;
                }
            }
            reached = next;
        }
        return reached[text.length()];
    }

    @Property(tries = 20_000)
    void matchesByTheDefinition(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> pieces = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            pieces.add(letters(random, random.nextInt(10) == 0 ? 12 : 3));
        }
        String text = letters(random, 16);
        assertThat(new LikeMatcher(new Pattern(pieces)).matches(text))
                .as("%s like %s", text, pieces)
                .isEqualTo(matches(pieces, text));
    }

    private static String letters(Random random, int max) {
        StringBuilder letters = new StringBuilder();
        for (int i = random.nextInt(max + 1); i > 0; i--) {
            letters.append(random.nextInt(5) == 0 ? 'b' : 'a');
        }
        return letters.toString();
    }

    /** Where backtracking would take some 10^11 steps, this takes a few million: the test would not end otherwise. */
    @Test
    void isLinearOnAMegabyte() {
        String almost = "a".repeat(1024 * 1024);
        String piece = "a".repeat(60_000) + "b";
        assertThat(new LikeMatcher(new Pattern(List.of("", piece, piece, ""))).matches(almost))
                .isFalse();
        assertThat(new LikeMatcher(new Pattern(List.of("", piece, ""))).matches(almost + "b"))
                .isTrue();
    }
}
