package io.ashlar.authz.planning;

import io.ashlar.authz.planning.AttributeType.Kind;
import io.ashlar.authz.planning.Term.Stored;
import io.ashlar.cedar.syntax.Pattern;
import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.value.Value;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code like} by what filters have: beginning, end and substring. A pattern with two ends needs the texts in which the ends
 * overlap taken out, which are finitely many; one with a piece between needs that pieces cannot overlap. Everything else is
 * refused.
 */
final class Likes {

    private Likes() {}

    static Formula of(Stored stored, Pattern pattern, Span at) {
        if (stored.kind() == Kind.OPAQUE) {
            throw Leaves.opaque(stored, at);
        } else if (stored.kind() != Kind.TEXT && stored.kind() != Kind.UNTYPED) {
            return Formula.ERROR;
        }
        List<String> pieces = pattern.pieces();
        String first = pieces.getFirst();
        if (pieces.size() == 1) {
            return Leaves.oneOf(stored, List.of(new Value.Text(first)), at);
        }
        String last = pieces.getLast();
        List<String> between = pieces.subList(1, pieces.size() - 1).stream()
                .filter(piece -> !piece.isEmpty())
                .toList();
        Filter present = Filters.present(stored.path());
        if (first.isEmpty() && last.isEmpty() && between.isEmpty()) {
            return Formula.constant(present, true);
        }
        FieldType type = stored.type().stored();
        if (type == FieldType.UUID || type == FieldType.ENUM) {
            throw new NotTranslatableException(at, "resource." + stored.path() + " is no text to look into");
        }
        List<Filter> parts = new ArrayList<>();
        between(stored, first, between, last, at).forEach(parts::add);
        if (!first.isEmpty()) {
            parts.add(Leaves.condition(stored.path(), Op.STARTS_WITH, Leaves.storable(first, at)));
        }
        if (!last.isEmpty()) {
            parts.add(Leaves.condition(stored.path(), Op.ENDS_WITH, Leaves.storable(last, at)));
        }
        List<Value> overlaps = between.isEmpty() ? overlaps(first, last) : List.of();
        if (!overlaps.isEmpty()) {
            parts.add(Leaves.oneOf(stored, overlaps, at).isFalse());
        }
        Filter matches = Filters.and(parts);
        return Formula.of(stored.path(), matches, Filters.and(present, Filters.not(matches)));
    }

    private static List<Filter> between(Stored stored, String first, List<String> between, String last, Span at) {
        if (between.isEmpty()) {
            return List.of();
        }
        String piece = between.getFirst();
        boolean apart =
                !first.contains(piece) && !last.contains(piece) && !overlap(first, piece) && !overlap(piece, last);
        if (between.size() > 1 || !apart) {
            throw new NotTranslatableException(at, "a filter cannot tell in which order pieces of a text stand");
        }
        return List.of(Leaves.condition(stored.path(), Op.CONTAINS, Leaves.storable(piece, at)));
    }

    /** Whether an end of the one is a beginning of the other. */
    private static boolean overlap(String one, String other) {
        for (int i = Math.max(0, one.length() - other.length()); i < one.length(); i++) {
            if (other.startsWith(one.substring(i))) {
                return true;
            }
        }
        return false;
    }

    /** The texts shorter than both together that begin with the one and end with the other. */
    private static List<Value> overlaps(String first, String last) {
        List<Value> texts = new ArrayList<>();
        int longest = Math.max(first.length(), last.length());
        for (int length = longest; length < first.length() + last.length(); length++) {
            String text = first + last.substring(Math.max(0, first.length() + last.length() - length));
            if (first.length() >= length) {
                text = first;
            }
            if (text.length() == length && text.startsWith(first) && text.endsWith(last)) {
                texts.add(new Value.Text(text));
            }
        }
        return texts;
    }
}
