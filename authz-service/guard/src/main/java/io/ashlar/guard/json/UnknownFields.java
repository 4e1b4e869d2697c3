package io.ashlar.guard.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.problem.JsonFaults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects unknown fields while a body is read, so that one answer names all of them. A body is read on one thread from
 * {@link #begin} to {@link #end}; outside of that Jackson's own refusal stands.
 */
final class UnknownFields extends DeserializationProblemHandler {

    private static final int FAULTS_MAX = 100;
    private static final ThreadLocal<@Nullable List<Fault>> FOUND = new ThreadLocal<>();

    static void begin() {
        FOUND.set(new ArrayList<>());
    }

    static List<Fault> end() {
        List<Fault> found = FOUND.get();
        FOUND.remove();
        return found == null ? List.of() : found;
    }

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            @Nullable JsonDeserializer<?> deserializer,
            Object beanOrClass,
            String name)
            throws IOException {
        List<Fault> found = FOUND.get();
        if (found == null) {
            return false;
        }
        if (found.size() < FAULTS_MAX) {
            List<String> known = new ArrayList<>();
            if (deserializer != null && deserializer.getKnownPropertyNames() != null) {
                deserializer.getKnownPropertyNames().forEach(id -> known.add(String.valueOf(id)));
            }
            found.add(JsonFaults.unknown(pointer(parser.getParsingContext()), name, known));
        }
        parser.skipChildren();
        return true;
    }

    private static String pointer(JsonStreamContext at) {
        return Objects.toString(at.pathAsPointer(), "");
    }
}
