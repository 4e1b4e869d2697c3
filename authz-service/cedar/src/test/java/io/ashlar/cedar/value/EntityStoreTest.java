package io.ashlar.cedar.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.Entity;
import io.ashlar.cedar.EntityUid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class EntityStoreTest {

    private static EntityUid uid(int number) {
        return new EntityUid("Node", Integer.toString(number));
    }

    private static EntityFacts node(int number, Integer... parents) {
        return new EntityFacts(
                uid(number),
                Map.of(),
                Map.of(),
                Set.copyOf(List.of(parents).stream().map(EntityStoreTest::uid).toList()));
    }

    private static Set<EntityUid> ancestors(EntityStore store, int number) {
        KnownEntity entity = store.find(uid(number));
        return entity == null ? Set.of() : entity.ancestors();
    }

    @Test
    void knowsAllAncestors() {
        EntityStore store = EntityStore.of(List.of(node(1, 2, 3), node(2, 4), node(3, 4), node(4, 5)));
        assertThat(ancestors(store, 1)).containsExactlyInAnyOrder(uid(2), uid(3), uid(4), uid(5));
        assertThat(store.find(uid(5))).as("named, but not known").isNull();
    }

    @Test
    void refusesCircles() {
        assertThatThrownBy(() -> EntityStore.of(List.of(node(1, 2), node(2, 3), node(3, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("circles");
        assertThatThrownBy(() -> EntityStore.of(List.of(node(1, 1)))).hasMessageContaining("circles");
    }

    @Test
    void refusesCirclesThroughALayer() {
        EntityStore base = EntityStore.of(List.of(node(1, 2)));
        assertThatThrownBy(() -> base.with(List.of(node(2, 1)))).hasMessageContaining("circles");
    }

    @Test
    void refusesTwoOfOneName() {
        EntityFacts one = node(1, 2);
        assertThat(EntityStore.of(List.of(one, node(1, 2))).all()).hasSize(1);
        assertThatThrownBy(() -> EntityStore.of(List.of(one, node(1, 3)))).hasMessageContaining("two different");
    }

    @Test
    void climbsALongChainWithoutRecursion() {
        List<EntityFacts> chain =
                IntStream.range(0, 5_000).mapToObj(i -> node(i, i + 1)).toList();
        assertThat(ancestors(EntityStore.of(chain.subList(4_000, 5_000)), 4_000))
                .hasSize(1_000);
        List<EntityFacts> tooLong =
                IntStream.range(0, 20_000).mapToObj(i -> node(i, i + 1)).toList();
        assertThatThrownBy(() -> EntityStore.of(tooLong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ancestors");
    }

    @Test
    void refusesValuesThatAreTooDeepOrMalformed() {
        CedarValue deep = new CedarValue.Whole(1);
        for (int i = 0; i < 1_000; i++) {
            deep = new CedarValue.Fields(Map.of("a", deep));
        }
        Entity entity = new Entity(uid(1), Map.of("deep", deep), Set.of());
        assertThatThrownBy(() -> EntityFacts.of(entity)).hasMessageContaining("deep");
        Entity malformed = new Entity(uid(1), Map.of("d", new CedarValue.Extension("decimal", "x")), Set.of());
        assertThatThrownBy(() -> EntityFacts.of(malformed)).isInstanceOf(IllegalArgumentException.class);
        Entity unknown = new Entity(uid(1), Map.of("d", new CedarValue.Extension("money", "1")), Set.of());
        assertThatThrownBy(() -> EntityFacts.of(unknown)).hasMessageContaining("money");
    }

    /** Laying entities over a store gives what building it from all of them gives, in whatever order they come. */
    @Property(tries = 300)
    void layersLikeOneStore(@ForAll long seed) {
        Random random = new Random(seed);
        List<EntityFacts> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int child = i;
            all.add(node(
                    i,
                    IntStream.range(0, i)
                            .filter(parent -> random.nextInt(4) == 0 && parent != child)
                            .boxed()
                            .toArray(Integer[]::new)));
        }
        java.util.Collections.shuffle(all, random);
        EntityStore whole = EntityStore.of(all);
        EntityStore layered = EntityStore.EMPTY;
        int from = 0;
        while (from < all.size()) {
            int to = Math.min(all.size(), from + 1 + random.nextInt(5));
            layered = layered.with(all.subList(from, to));
            from = to;
        }
        assertThat(layered.all()).containsExactlyInAnyOrderElementsOf(whole.all());
    }
}
