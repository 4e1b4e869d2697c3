package io.ashlar.filter.dsl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;

/** Reads objects whose keys are a known short list: unknown and repeated keys are faults, the rest is read. */
final class ObjectReader {

    /** Reads the value whose first token is the current one. */
    @FunctionalInterface
    interface Member {
        void read(String key) throws IOException;
    }

    private final JsonParser in;
    private final Faults faults;
    private final Path path;

    ObjectReader(JsonParser in, Faults faults, Path path) {
        this.in = in;
        this.faults = faults;
        this.path = path;
    }

    /** Reads the object that starts at the current token, member by member; anything else is a fault. */
    void read(List<String> known, Member member) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            faults.add(FaultCode.WRONG_TYPE, path.toString(), "An object is expected.");
            in.skipChildren();
            return;
        }
        int seen = 0;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String key = in.currentName();
            in.nextToken();
            int mark = path.enter(key);
            int index = known.indexOf(key);
            if (index < 0) {
                faults.unknownKey(path.toString(), "There is no such key here.", key, known);
                in.skipChildren();
            } else if ((seen & (1 << index)) != 0) {
                faults.add(FaultCode.DUPLICATE_KEY, path.toString(), "The key is given twice.");
                in.skipChildren();
            } else {
                seen |= 1 << index;
                member.read(key);
            }
            path.leave(mark);
        }
    }
}
