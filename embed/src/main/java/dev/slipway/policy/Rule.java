package dev.slipway.policy;

import dev.slipway.llb.SourceOp;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One rule of a policy.
 *
 * @param update what becomes of the source, if it is to be replaced
 */
record Rule(Action action, Selector selector, Update update) {

    /** What is done with sources that the rule matches; the numbers on the wire are BuildKit's. */
    enum Action {
        ALLOW,
        DENY,
        CONVERT
    }

    /**
     * What a source becomes.
     *
     * @param identifier with {@code $1} for what matched; empty for the selector's own
     * @param attributes set beside those that it has
     */
    record Update(String identifier, SortedMap<String, String> attributes) {

        static final Update NONE = new Update("", new TreeMap<>(Map.of()));
    }

    SourceOp convert(SourceOp source) {
        String wanted = update.identifier().isEmpty() ? selector.identifier() : update.identifier();
        String identifier = selector.format(source.identifier(), wanted);
        TreeMap<String, String> attributes = new TreeMap<>(source.attributes());
        attributes.putAll(update.attributes());
        return new SourceOp(identifier.isEmpty() ? source.identifier() : identifier, attributes);
    }
}
