package dev.slipway.parser;

import java.util.List;

/**
 * What follows the keyword and the flags of an instruction.
 *
 * @param words of ENV and LABEL, keys and values by turns; of ONBUILD, only the keyword of the trigger
 * @param json whether they were written as a JSON array
 * @param legacy whether a key and a value were written without {@code =}
 */
record Arguments(List<String> words, boolean json, boolean legacy) {

    static final Arguments NONE = words(List.of());

    static Arguments words(List<String> words) {
        return new Arguments(words, false, false);
    }

    static Arguments json(List<String> elements) {
        return new Arguments(elements, true, false);
    }
}
