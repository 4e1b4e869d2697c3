package io.ashlar.cedar.bench;

import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.eval.Request;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.IpRange;
import io.ashlar.cedar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A small company: ten users in four groups, four documents in two folders, fifty policies over them (roles by group, owners,
 * attributes, an address range, forbids), and any number of policies about others.
 */
final class Trial {

    static final int POLICIES = 50;
    static final int REQUESTS = 64;

    private static final List<String> ACTIONS = List.of("read", "list", "write", "comment", "delete");
    private static final EntityUid STAFF = new EntityUid("Group", "g0");

    private Trial() {}

    /** The text of so many policies: the fifty, and others that name nobody of here. */
    static String policies(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(POLICIES, count); i++) {
            text.append(policy(i % 5, i, "")).append('\n');
        }
        int[] selective = {0, 1, 4};
        for (int i = POLICIES; i < count; i++) {
            text.append(policy(selective[i % 3], i, "other" + i)).append('\n');
        }
        return text.toString();
    }

    private static String policy(int kind, int i, String other) {
        return switch (kind) {
            case 0 -> """
                    permit (principal in Group::"%s", action in [Action::"read", Action::"list"], resource in Folder::"f%d")
                    when { resource.level <= principal.clearance };""".formatted(other.isEmpty() ? "g" + i % 4 : other, i % 2);
            case 1 -> """
                    permit (principal == User::"%s", action == Action::"write", resource)
                    when { resource.owner == principal };""".formatted(other.isEmpty() ? "u" + i % 10 : other);
            case 2 -> """
                    permit (principal in Group::"g0", action == Action::"comment", resource is Doc)
                    when { resource.labels.contains("open") && context.mfa };""";
            case 3 -> """
                    forbid (principal, action == Action::"delete", resource)
                    unless { context.address.isInRange(ip("10.%d.0.0/16")) };""".formatted(i % 4);
            default -> """
                    permit (principal, action == Action::"read", resource == Doc::"%s")
                    when { principal.department == resource.department || resource.title like "pub*" };""".formatted(other.isEmpty() ? "d" + i % 4 : other);
        };
    }

    /** Twenty. */
    static List<EntityFacts> entities() {
        List<EntityFacts> entities = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            EntityUid uid = new EntityUid("Group", "g" + i);
            entities.add(new EntityFacts(uid, Map.of(), Map.of(), i == 0 ? Set.of() : Set.of(STAFF)));
        }
        for (int i = 0; i < 10; i++) {
            entities.add(new EntityFacts(
                    new EntityUid("User", "u" + i),
                    Map.of("clearance", new Value.Whole(i % 4), "department", new Value.Text("dep" + i % 3)),
                    Map.of(),
                    Set.of(new EntityUid("Group", "g" + i % 4))));
        }
        for (int i = 0; i < 2; i++) {
            entities.add(new EntityFacts(new EntityUid("Folder", "f" + i), Map.of(), Map.of(), Set.of()));
        }
        for (int i = 0; i < 4; i++) {
            entities.add(doc(i));
        }
        return entities;
    }

    private static EntityFacts doc(int i) {
        return new EntityFacts(
                new EntityUid("Doc", "d" + i),
                Map.of(
                        "level", new Value.Whole(i),
                        "owner", new Value.Reference(new EntityUid("User", "u" + i)),
                        "department", new Value.Text("dep" + i % 3),
                        "title", new Value.Text(i % 2 == 0 ? "public plan" : "plan"),
                        "labels", new Value.SetOf(Set.of(new Value.Text("open"), new Value.Text("q" + i)))),
                Map.of(),
                Set.of(new EntityUid("Folder", "f" + i % 2)));
    }

    static List<Request> requests() {
        Random random = new Random(1);
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(new Request(
                    new EntityUid("User", "u" + random.nextInt(10)),
                    new EntityUid("Action", ACTIONS.get(random.nextInt(ACTIONS.size()))),
                    new EntityUid("Doc", "d" + random.nextInt(4)),
                    new Value.Fields(Map.of(
                            "mfa", Value.Flag.of(random.nextBoolean()),
                            "address", IpRange.parse("10." + random.nextInt(5) + ".2.3")))));
        }
        return requests;
    }
}
