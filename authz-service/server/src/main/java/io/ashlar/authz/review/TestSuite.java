package io.ashlar.authz.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.body.Facts;
import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.DecisionRequest;
import io.ashlar.cedar.Entity;
import io.ashlar.cedar.EntityUid;
import io.ashlar.filter.dsl.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads test cases. The built-in roles are in each other as they are in every tenant; all other entities are those of the text, so
 * that a case says the same whatever becomes of a tenant's users.
 */
final class TestSuite {

    private static final int CASES_MAX = 500;
    private static final int ENTITIES_MAX = 500;
    private static final int PARENTS_MAX = 200;
    private static final int NAME_LENGTH_MAX = 200;
    private static final int DETERMINING_MAX = 100;
    private static final List<String> ROLES_DOWNWARDS = List.of("admin", "publisher", "editor", "viewer");

    private final List<Fault> faults;
    private final Bodies bodies;
    private final Facts facts;

    private TestSuite(List<Fault> faults) {
        this.faults = faults;
        this.bodies = new Bodies(faults);
        this.facts = new Facts(faults);
    }

    /** The cases; what is wrong with them is added to {@code faults}, with pointers below {@code /tests}. */
    static List<TestCase> read(String yaml, List<Fault> faults) {
        List<Fault> found = new ArrayList<>();
        JsonNode tree = BoundedYaml.read(yaml, "", found);
        List<TestCase> cases = found.isEmpty() ? new TestSuite(found).suite(tree) : List.of();
        found.forEach(fault -> faults.add(fault.under("/tests")));
        return cases;
    }

    private List<TestCase> suite(JsonNode tree) {
        if (!bodies.only(tree, List.of("entities", "cases"))) {
            return List.of();
        }
        Map<EntityUid, Entity> known = new LinkedHashMap<>();
        roles(known);
        for (Entity entity : entities(tree.path("entities"), "/entities")) {
            known.put(entity.uid(), entity);
        }
        JsonNode array = tree.path("cases");
        if (!array.isArray() || array.isEmpty() || array.size() > CASES_MAX) {
            faults.add(new Fault("wrong_type", "/cases", "expected an array of 1 to " + CASES_MAX + " cases"));
            return List.of();
        }
        List<TestCase> cases = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            TestCase read = testCase(array.get(i), "/cases/" + i, known);
            if (read != null) {
                cases.add(read);
            }
        }
        return cases;
    }

    private static void roles(Map<EntityUid, Entity> known) {
        for (int i = 0; i + 1 < ROLES_DOWNWARDS.size(); i++) {
            EntityUid role = new EntityUid("Role", ROLES_DOWNWARDS.get(i));
            known.put(role, new Entity(role, Map.of(), Set.of(new EntityUid("Role", ROLES_DOWNWARDS.get(i + 1)))));
        }
    }

    private @Nullable TestCase testCase(JsonNode node, String pointer, Map<EntityUid, Entity> shared) {
        int before = faults.size();
        only(
                node,
                pointer,
                List.of("name", "principal", "action", "resource", "entities", "context", "decision", "determining"));
        String name = bodies.text(node.path("name"), pointer + "/name", NAME_LENGTH_MAX);
        String action = bodies.text(node.path("action"), pointer + "/action", EntityUid.ID_LENGTH_MAX);
        Map<EntityUid, Entity> known = new LinkedHashMap<>(shared);
        entities(node.path("entities"), pointer + "/entities").forEach(entity -> known.put(entity.uid(), entity));
        Entity principal = party(node.path("principal"), pointer + "/principal", known);
        Entity resource = party(node.path("resource"), pointer + "/resource", known);
        Map<String, CedarValue> context = facts.fields(node.path("context"), pointer + "/context");
        String decision = node.path("decision").asText();
        if (!decision.equals("allow") && !decision.equals("deny")) {
            faults.add(new Fault(
                    node.has("decision") ? "value_invalid" : "missing_key",
                    pointer + "/decision",
                    "expected one of the allowed words",
                    List.of("allow", "deny"),
                    null));
        }
        List<String> determining = node.has("determining")
                ? bodies.texts(node.path("determining"), pointer + "/determining", DETERMINING_MAX)
                : null;
        if (faults.size() > before || principal == null || resource == null) {
            return null;
        }
        return new TestCase(
                name,
                new DecisionRequest(principal.uid(), new EntityUid("Action", action), resource.uid(), context),
                List.copyOf(known.values()),
                decision.equals("allow"),
                determining);
    }

    /** Whoever is named with attributes or parents is so in this case; by name alone, as the entities say. */
    private @Nullable Entity party(JsonNode node, String pointer, Map<EntityUid, Entity> known) {
        Entity entity = entity(node, pointer);
        if (entity != null && (node.has("attributes") || node.has("parents"))) {
            known.put(entity.uid(), entity);
        }
        return entity;
    }

    private List<Entity> entities(JsonNode array, String pointer) {
        List<Entity> entities = new ArrayList<>();
        if (array.isMissingNode()) {
            return entities;
        }
        if (!array.isArray() || array.size() > ENTITIES_MAX) {
            faults.add(new Fault("wrong_type", pointer, "expected an array of at most " + ENTITIES_MAX + " entities"));
            return entities;
        }
        for (int i = 0; i < array.size(); i++) {
            Entity entity = entity(array.get(i), pointer + '/' + i);
            if (entity != null) {
                entities.add(entity);
            }
        }
        return entities;
    }

    private @Nullable Entity entity(JsonNode node, String pointer) {
        only(node, pointer, List.of("type", "id", "attributes", "parents"));
        EntityUid uid = bodies.uid(node, pointer);
        Map<String, CedarValue> attributes = facts.fields(node.path("attributes"), pointer + "/attributes");
        Set<EntityUid> parents = new HashSet<>();
        JsonNode array = node.path("parents");
        if (!array.isMissingNode() && (!array.isArray() || array.size() > PARENTS_MAX)) {
            faults.add(new Fault(
                    "wrong_type", pointer + "/parents", "expected an array of at most " + PARENTS_MAX + " names"));
            return null;
        }
        for (int i = 0; i < array.size(); i++) {
            EntityUid parent = bodies.uid(array.get(i), pointer + "/parents/" + i);
            if (parent != null) {
                parents.add(parent);
            }
        }
        return uid == null ? null : new Entity(uid, attributes, parents);
    }

    private void only(JsonNode node, String pointer, List<String> known) {
        JsonNode object = node.isObject() ? node : JsonNodeFactory.instance.objectNode();
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                faults.add(
                        new Fault("unknown_key", pointer + '/' + Bodies.escape(name), "no such member", known, null));
            }
        });
    }
}
