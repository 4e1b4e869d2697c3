package io.ashlar.authz.planning;

import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.value.Datetime;
import io.ashlar.cedar.value.Decimal;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.EntityStore;
import io.ashlar.cedar.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Random principals, their groups, and the attributes that they and a context have. */
final class RandomPrincipals {

    private final Random random;

    RandomPrincipals(Random random) {
        this.random = random;
    }

    /** Users and groups; a group is in groups of higher numbers only. Folders are nobody's. */
    EntityStore all() {
        List<EntityFacts> facts = new ArrayList<>();
        for (int i = 0; i < Things.ENTITIES; i++) {
            Set<EntityUid> above = new HashSet<>();
            for (int j = i + 1; j < Things.ENTITIES; j++) {
                if (random.nextInt(3) == 0) {
                    above.add(new EntityUid("Group", Things.entityId(j)));
                }
            }
            facts.add(new EntityFacts(new EntityUid("Group", Things.entityId(i)), Map.of(), Map.of(), above));
        }
        for (int i = 0; i < Things.ENTITIES; i++) {
            Set<EntityUid> groups = new HashSet<>();
            for (int j = 0; j < Things.ENTITIES; j++) {
                if (random.nextInt(4) == 0) {
                    groups.add(new EntityUid("Group", Things.entityId(j)));
                }
            }
            facts.add(new EntityFacts(new EntityUid("User", Things.entityId(i)), attributes(), Map.of(), groups));
        }
        return EntityStore.of(facts);
    }

    /** Also the context's. Each is missing now and then. */
    Map<String, Value> attributes() {
        Map<String, Value> all = new HashMap<>();
        all.put("home", new Value.Text(Things.pick(random, Things.TEXTS)));
        all.put("level", new Value.Whole(Things.pick(random, Things.NUMBERS)));
        all.put("admin", Value.Flag.of(random.nextBoolean()));
        all.put(
                "limit",
                new Decimal(
                        Things.pick(random, Things.DECIMALS).movePointRight(4).longValueExact()));
        all.put("now", new Datetime(Things.pick(random, Things.INSTANTS).toEpochMilli()));
        all.put("team", new Value.Reference(new EntityUid("Group", Things.entityId(random.nextInt(Things.ENTITIES)))));
        Set<Value> homes = new HashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            homes.add(new Value.Text(Things.pick(random, Things.TEXTS)));
        }
        all.put("homes", new Value.SetOf(homes));
        all.put("place", new Value.Fields(Map.of("city", new Value.Text(Things.pick(random, Things.TEXTS)))));
        all.keySet().removeIf(name -> random.nextInt(6) == 0);
        return all;
    }
}
