package io.ashlar.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Command line options: {@code --name value} and {@code --switch}. */
final class Arguments {

    /** What was typed makes no sense; the message says what. */
    static final class Wrong extends RuntimeException {
        Wrong(String message) {
            super(message);
        }
    }

    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads them.
     *
     * @throws Wrong for an option that is in neither list, or a value that is missing
     */
    static Arguments of(List<String> typed, List<String> withValue, List<String> switches) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < typed.size(); i++) {
            String option = typed.get(i);
            if (switches.contains(option)) {
                values.put(option, "");
            } else if (withValue.contains(option)) {
                if (i + 1 == typed.size()) {
                    throw new Wrong(option + " needs a value");
                }
                values.put(option, typed.get(++i));
            } else {
                throw new Wrong("no such option: " + option);
            }
        }
        return new Arguments(values);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }

    /**
     * A whole number.
     *
     * @throws Wrong if what was typed is none, or not from {@code least} to {@code most}
     */
    long number(String option, long otherwise, long least, long most) {
        String typed = values.get(option);
        if (typed == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(typed);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, like a number out of range.
        }
        throw new Wrong(option + " needs a whole number from " + least + " to " + most + ", not " + typed);
    }

    boolean has(String option) {
        return values.containsKey(option);
    }
}
