package dev.slipway.parser;

import dev.slipway.parser.tree.Env;
import dev.slipway.parser.tree.KeyValue;
import dev.slipway.parser.tree.Label;
import java.util.ArrayList;
import java.util.List;

/** Instructions with keys and values: ENV, LABEL. */
final class PairBuilder {

    private PairBuilder() {}

    static Env env(RawInstruction raw) {
        FlagSet.EMPTY.parse(raw);
        return new Env(raw.statement(), pairs(raw));
    }

    static Label label(RawInstruction raw) {
        FlagSet.EMPTY.parse(raw);
        return new Label(raw.statement(), pairs(raw));
    }

    private static List<KeyValue> pairs(RawInstruction raw) {
        List<String> words = ListBuilder.atLeastOne(raw);
        List<KeyValue> pairs = new ArrayList<>(words.size() / 2);
        for (int i = 0; i < words.size(); i += 2) {
            if (words.get(i).isEmpty()) {
                throw new Refusal(raw.keyword() + " names can not be blank");
            }
            pairs.add(
                    new KeyValue(words.get(i), words.get(i + 1), raw.arguments().legacy()));
        }
        return pairs;
    }
}
