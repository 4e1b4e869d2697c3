package io.ashlar.authz.body;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.cedar.EntityUid;
import io.ashlar.filter.dsl.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads members of a body one by one and collects faults. Not thread-safe. */
public final class Bodies {

    private final List<Fault> faults;

    /** Adds what is wrong to {@code faults}. */
    public Bodies(List<Fault> faults) {
        this.faults = faults;
    }

    /** Ends the request if there are faults. */
    public static void refuse(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw new ProblemException(DoorError.INVALID_REQUEST, "the body is not valid", faults);
        }
    }

    /** Faults for a body that is no object and for every member that is not known. */
    public boolean only(@Nullable JsonNode node, List<String> known) {
        if (node == null || !node.isObject()) {
            faults.add(new Fault("wrong_type", "", "expected an object"));
            return false;
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                faults.add(new Fault("unknown_key", '/' + escape(name), "no such member", known, null));
            }
        });
        return true;
    }

    /** A string of 1 to {@code max} characters; anything else is a fault and reads as empty. */
    public String text(JsonNode node, String pointer, int max) {
        if (node.isMissingNode()) {
            faults.add(new Fault("missing_key", pointer, "expected a string"));
            return "";
        }
        if (!node.isTextual() || node.textValue().isEmpty() || node.textValue().length() > max) {
            faults.add(new Fault("wrong_type", pointer, "expected a string of 1 to " + max + " characters"));
            return "";
        }
        return node.textValue();
    }

    /** An array of strings without repetition; absent is empty. */
    public List<String> texts(JsonNode node, String pointer, int max) {
        List<String> texts = new ArrayList<>();
        if (node.isMissingNode()) {
            return texts;
        }
        if (!node.isArray() || node.size() > max) {
            faults.add(new Fault("wrong_type", pointer, "expected an array of at most " + max + " strings"));
            return texts;
        }
        for (int i = 0; i < node.size(); i++) {
            String text = text(node.get(i), pointer + '/' + i, EntityUid.ID_LENGTH_MAX);
            if (texts.contains(text) && !text.isEmpty()) {
                faults.add(new Fault("duplicate_value", pointer + '/' + i, "is there twice"));
            } else {
                texts.add(text);
            }
        }
        return texts;
    }

    /** An entity's name from {@code {"type","id"}}; other members are ignored. */
    public @Nullable EntityUid uid(JsonNode node, String pointer) {
        if (!node.isObject()) {
            faults.add(new Fault(node.isMissingNode() ? "missing_key" : "wrong_type", pointer, "expected an object"));
            return null;
        }
        int before = faults.size();
        String type = text(node.path("type"), pointer + "/type", EntityUid.ID_LENGTH_MAX);
        String id = text(node.path("id"), pointer + "/id", EntityUid.ID_LENGTH_MAX);
        if (!type.isEmpty() && !EntityUid.isTypeName(type)) {
            faults.add(new Fault("value_invalid", pointer + "/type", "not a Cedar type name"));
        }
        return faults.size() == before ? new EntityUid(type, id) : null;
    }

    /** A member's name in a JSON pointer. */
    public static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
