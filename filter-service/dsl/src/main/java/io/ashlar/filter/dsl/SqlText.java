package io.ashlar.filter.dsl;

import com.google.errorprone.annotations.CompileTimeConstant;
import java.util.ArrayList;
import java.util.List;

/**
 * One statement while it is written: text, and the values bound by it, in the order of their placeholders.
 *
 * <p>This is where injection ends. Text comes in as compile-time constants only, which the compiler enforces; names were
 * checked when the dataset was made and are quoted as well; everything else is bound. Where the text is known already, the
 * same writing collects the values alone. Not thread-safe; for one statement.
 */
final class SqlText {

    private final StringBuilder text;
    private final List<Object> binds = new ArrayList<>(32);
    private final Dialect dialect;
    private final boolean writes;

    SqlText(Dialect dialect) {
        this(dialect, true);
    }

    private SqlText(Dialect dialect, boolean writes) {
        this.dialect = dialect;
        this.writes = writes;
        this.text = new StringBuilder(writes ? 1_024 : 0);
    }

    /** Collects the values of a statement whose text is known. */
    static SqlText ofBinds(Dialect dialect) {
        return new SqlText(dialect, false);
    }

    /** Whether there is a text to write, besides values to collect. */
    boolean writes() {
        return writes;
    }

    Dialect dialect() {
        return dialect;
    }

    SqlText sql(@CompileTimeConstant String constant) {
        if (writes) {
            text.append(constant);
        }
        return this;
    }

    /** One of two constants. */
    SqlText sql(boolean first, @CompileTimeConstant String one, @CompileTimeConstant String other) {
        if (writes) {
            text.append(first ? one : other);
        }
        return this;
    }

    /** A quoted identifier. None that gets here has a quotation mark in it; one that had would be doubled. */
    SqlText name(String identifier) {
        quoted(identifier, '"');
        return this;
    }

    /** A string literal, for the members of JSON documents that a declaration names. */
    SqlText literal(String declared) {
        if (writes) {
            Identifiers.requireJsonKey(declared);
            quoted(declared, '\'');
        }
        return this;
    }

    /** A number of the declaration's or of this package's own. */
    SqlText number(long number) {
        if (writes) {
            text.append(number);
        }
        return this;
    }

    /** {@code schema.table}. */
    SqlText relation(String relation) {
        if (!writes) {
            return this;
        }
        int dot = relation.indexOf('.');
        return name(relation.substring(0, dot)).sql(".").name(relation.substring(dot + 1));
    }

    SqlText type(FieldType type) {
        if (writes) {
            text.append(dialect.typeName(type));
        }
        return this;
    }

    /** A placeholder for a value of the type. */
    SqlText bind(FieldType type, Object value) {
        binds.add(dialect.bound(type, value));
        if (writes) {
            dialect.placeholder(text, binds.size(), dialect.typeName(type), false);
        }
        return this;
    }

    /** One placeholder for any number of values, so that the text does not depend on how many there are. */
    SqlText bindAll(FieldType type, List<Object> values) {
        binds.add(Binds.array(dialect, type, values));
        if (writes) {
            dialect.placeholder(text, binds.size(), dialect.typeName(type), true);
        }
        return this;
    }

    /** As {@link #bind}, where the store wants another type than the field's. */
    SqlText bindAs(@CompileTimeConstant String typeName, Object value) {
        binds.add(value);
        if (writes) {
            dialect.placeholder(text, binds.size(), typeName, false);
        }
        return this;
    }

    /** A comparison. */
    SqlText operator(Op op) {
        String sign =
                switch (op) {
                    case EQ -> " = ";
                    case GT -> " > ";
                    case GTE -> " >= ";
                    case LT -> " < ";
                    case LTE -> " <= ";
                    case NEQ,
                            BETWEEN,
                            IN,
                            NOT_IN,
                            CONTAINS,
                            STARTS_WITH,
                            ENDS_WITH,
                            IS_NULL,
                            HAS,
                            HAS_ANY,
                            HAS_ALL,
                            SEARCH,
                            WITHIN -> throw new IllegalArgumentException("not a plain comparison: " + op);
                };
        if (writes) {
            text.append(sign);
        }
        return this;
    }

    List<Object> binds() {
        return binds;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void quoted(String raw, char quote) {
        if (!writes) {
            return;
        }
        text.append(quote);
        if (raw.indexOf(quote) < 0) {
            text.append(raw);
        } else {
            escaped(raw, quote);
        }
        text.append(quote);
    }

    private void escaped(String raw, char quote) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == quote) {
                text.append(quote);
            }
            text.append(c);
        }
    }
}
