package io.ashlar.authz.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Two questions share a key exactly if tenant, caller, versions and JSON are the same. */
class CacheKeyTest {

    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private record Question(UUID tenant, String caller, Evaluation evaluation, long policyVersion, long revision) {

        CacheKey key() {
            return CacheKey.of(tenant, caller, evaluation, policyVersion, revision);
        }

        /** What decides: compared as JSON's text, where the members' order says nothing, nor which of Java's types a whole number has. */
        List<Object> meaning() {
            return List.of(tenant, caller, sorted(EvaluationJson.write(evaluation)), policyVersion, revision);
        }

        private static String sorted(JsonNode json) {
            try {
                return SORTED.writeValueAsString(SORTED.treeToValue(json, Object.class));
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException("a tree of values is always JSON", impossible);
            }
        }
    }

    /** The alphabet is made of what separators and lengths could be confused with. */
    @Property(tries = 1_500)
    void noTwoDifferentQuestionsShareAKey(@ForAll("questions") Question one, @ForAll("questions") Question two) {
        assertThat(one.key().equals(two.key())).isEqualTo(one.meaning().equals(two.meaning()));
    }

    @Property(tries = 1_000)
    void movingTextFromOnePartToTheNextChangesTheKey(@ForAll("names") String a, @ForAll("names") String b) {
        UUID tenant = new UUID(1, 2);
        Evaluation one = new Evaluation(new EntityRef("U" + a, "x" + b), "act", new EntityRef("R", "r"), Map.of());
        Evaluation two =
                new Evaluation(new EntityRef("U" + a + "x", b + "x"), "act", new EntityRef("R", "r"), Map.of());
        assertThat(CacheKey.of(tenant, "c", one, 1, 1)).isNotEqualTo(CacheKey.of(tenant, "c", two, 1, 1));
    }

    @Example
    void typesAreToldApartAsTheirJsonIs() {
        assertThat(key("1")).isNotEqualTo(key(1));
        assertThat(key(1)).isEqualTo(key(1L));
        assertThat(key(Map.of("a", 0))).isEqualTo(key(Map.of("a", 0L)));
        assertThat(key(new BigDecimal("1.0"))).isNotEqualTo(key(1));
        assertThat(key(true)).isNotEqualTo(key("true"));
        assertThat(key(List.of())).isNotEqualTo(key(Map.of()));
        assertThat(key(List.of("a", "b"))).isNotEqualTo(key(List.of("ab")));
        assertThat(key(List.of(List.of("a"), "b"))).isNotEqualTo(key(List.of(List.of("a", "b"))));
    }

    /** Each pair looks the same to whoever joins parts with separators, folds case or Unicode, or prints values. */
    @Example
    void lookalikesAreToldApart() {
        List<Object> lookalikes = List.of(
                "1",
                1,
                new BigDecimal("1.0"),
                new BigDecimal("1.00"),
                "true",
                true,
                "null",
                "",
                " ",
                "[]",
                List.of(),
                List.of(""),
                List.of("", ""),
                List.of(List.of()),
                "{}",
                Map.of(),
                Map.of("", ""),
                Map.of("a", Map.of()),
                List.of("a", "b"),
                List.of("b", "a"),
                List.of("a,b"),
                List.of("a\u0000b"),
                Map.of("a", "b"),
                Map.of("a=b", ""),
                "\u00e9",
                "e\u0301",
                "\u0130",
                "i",
                "I",
                "a\u0000",
                "a",
                "\ud83d\ude00",
                "\\ud83d\\ude00");
        for (int i = 0; i < lookalikes.size(); i++) {
            for (int j = 0; j < lookalikes.size(); j++) {
                assertThat(key(lookalikes.get(i)).equals(key(lookalikes.get(j))))
                        .as("%s and %s", lookalikes.get(i), lookalikes.get(j))
                        .isEqualTo(i == j);
            }
        }
    }

    /** The same texts, handed to another part of the question or to another caller. */
    @Example
    void theSameTextsElsewhereAreAnotherQuestion() {
        EntityRef ana = EntityRef.user("ana");
        EntityRef flights = new EntityRef("Dataset", "flights");
        Map<String, Object> fact = Map.of("x", "y");
        List<CacheKey> keys = List.of(
                CacheKey.of(new UUID(0, 1), "ana", new Evaluation(ana, "read", flights, fact), 1, 2),
                CacheKey.of(new UUID(1, 0), "ana", new Evaluation(ana, "read", flights, fact), 1, 2),
                CacheKey.of(new UUID(0, 1), "ben", new Evaluation(ana, "read", flights, fact), 1, 2),
                CacheKey.of(new UUID(0, 1), "ana", new Evaluation(ana, "read", flights, fact), 2, 1),
                CacheKey.of(new UUID(0, 1), "ana", new Evaluation(ana, "read", flights, Map.of()), 1, 2),
                CacheKey.of(new UUID(0, 1), "ana", new Evaluation(flights, "read", ana, fact), 1, 2),
                CacheKey.of(
                        new UUID(0, 1),
                        "ana",
                        new Evaluation(ana, "read", new EntityRef("Dataset", "flights", fact), Map.of()),
                        1,
                        2),
                CacheKey.of(
                        new UUID(0, 1),
                        "ana",
                        new Evaluation(new EntityRef("User", "ana", fact), "read", flights, Map.of()),
                        1,
                        2),
                CacheKey.of(
                        new UUID(0, 1),
                        "ana",
                        new Evaluation(new EntityRef("Use", "rana"), "read", flights, fact),
                        1,
                        2));
        assertThat(keys).doesNotHaveDuplicates();
    }

    /** Lone halves of characters have no UTF-8 of their own: two of them must not become the same question mark. */
    @Example
    void brokenCharactersAreToldApart() {
        assertThat(key("\ud800")).isNotEqualTo(key("\ud801")).isNotEqualTo(key("?"));
    }

    @Example
    void absenceIsAValueOfItsOwn() {
        Map<String, Object> absent = new LinkedHashMap<>();
        absent.put("x", null);
        assertThat(key(absent)).isNotEqualTo(key(Map.of())).isNotEqualTo(key(Map.of("x", "")));
    }

    @Example
    void theOrderOfMembersSaysNothing() {
        Map<String, Object> forwards = new LinkedHashMap<>();
        forwards.put("a", 1);
        forwards.put("b", 2);
        Map<String, Object> backwards = new LinkedHashMap<>();
        backwards.put("b", 2);
        backwards.put("a", 1);
        assertThat(key(forwards)).isEqualTo(key(backwards)).hasSameHashCodeAs(key(backwards));
    }

    @Example
    void whatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> key(new Object())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> key(Map.of(1, "x"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static CacheKey key(Object value) {
        Evaluation evaluation =
                new Evaluation(EntityRef.user("u"), "a", new EntityRef("R", "r"), Map.of("value", value));
        return CacheKey.of(new UUID(1, 2), "u", evaluation, 1, 1);
    }

    @Provide
    Arbitrary<Question> questions() {
        Arbitrary<UUID> tenants = Arbitraries.of(new UUID(0, 1), new UUID(0, 256));
        Arbitrary<Evaluation> evaluations =
                Combinators.combine(entities(), names(), entities(), maps(2)).as(Evaluation::new);
        return Combinators.combine(
                        tenants,
                        names(),
                        evaluations,
                        Arbitraries.longs().between(0, 1),
                        Arbitraries.longs().between(0, 1))
                .as(Question::new);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars('a', 's', 'm', 'l', '\0', '\u0001', '"', '/', ':', 'é')
                .ofMinLength(1)
                .ofMaxLength(2);
    }

    private Arbitrary<EntityRef> entities() {
        return Combinators.combine(names(), names(), maps(1)).as(EntityRef::new);
    }

    private Arbitrary<Map<String, Object>> maps(int depth) {
        return Arbitraries.maps(names(), values(depth)).ofMaxSize(2);
    }

    private Arbitrary<Object> values(int depth) {
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                names().map(text -> text),
                Arbitraries.of(true, false).map(flag -> flag),
                Arbitraries.integers().between(0, 1).map(number -> number),
                Arbitraries.longs().between(0, 1).map(number -> number),
                Arbitraries.of(new BigDecimal("0.5"), new BigDecimal("1.5")).map(number -> number));
        if (depth == 0) {
            return leaves;
        }
        return Arbitraries.oneOf(
                leaves,
                values(depth - 1).list().ofMaxSize(2).map(list -> list),
                maps(depth - 1).map(map -> map));
    }
}
