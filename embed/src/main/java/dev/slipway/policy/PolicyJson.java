package dev.slipway.policy;

import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import dev.slipway.policy.Rule.Action;
import dev.slipway.policy.Rule.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a policy. BuildKit passes over fields that it does not know, such as {@code matchType}, and so lets through what the rule
 * should forbid; here they are refused.
 */
final class PolicyJson {

    private PolicyJson() {}

    static SourcePolicy read(byte[] json) {
        try {
            JsonObject policy = Json.object(json);
            known(policy, "version", "rules");
            if (policy.number("version") > 1) {
                throw new IllegalArgumentException("version " + policy.number("version") + " is not known; 1 is");
            }
            List<Rule> rules = new ArrayList<>();
            for (JsonObject rule : policy.objects("rules")) {
                rules.add(rule(rule));
            }
            return new SourcePolicy(rules);
        } catch (JsonException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Rule rule(JsonObject rule) throws JsonException {
        known(rule, "action", "selector", "updates");
        Action action = choice(rule, "action", Action.values());
        Optional<JsonObject> selector = rule.object("selector");
        if (selector.isEmpty()) {
            throw new IllegalArgumentException("a rule has no selector; say which sources it is about");
        }
        Optional<JsonObject> updates = rule.object("updates");
        if (action == Action.CONVERT && updates.isEmpty()) {
            throw new IllegalArgumentException(
                    "missing destination for convert rule; say in \"updates\" what the source becomes");
        }
        return new Rule(action, selector(selector.get()), updates.isPresent() ? update(updates.get()) : Update.NONE);
    }

    private static Update update(JsonObject update) throws JsonException {
        known(update, "identifier", "attrs");
        return new Update(update.string("identifier"), update.texts("attrs"));
    }

    private static Selector selector(JsonObject selector) throws JsonException {
        known(selector, "identifier", "match_type", "constraints");
        List<AttributeConstraint> constraints = new ArrayList<>();
        for (JsonObject constraint : selector.objects("constraints")) {
            known(constraint, "key", "value", "condition");
            constraints.add(AttributeConstraint.of(
                    constraint.string("key"),
                    constraint.string("value"),
                    choice(constraint, "condition", AttributeConstraint.Condition.values())));
        }
        return Selector.of(
                selector.string("identifier"), choice(selector, "match_type", Selector.Match.values()), constraints);
    }

    /** A name or, as older policies have it, its number; the first one if there is neither. */
    private static <E extends Enum<E>> E choice(JsonObject object, String field, E[] values) throws JsonException {
        if (!object.has(field)) {
            return values[0];
        }
        String text = object.isNumber(field) ? "" : object.string(field);
        for (E value : values) {
            if (text.isEmpty()
                    ? value.ordinal() == object.number(field)
                    : value.name().equals(text)) {
                return value;
            }
        }
        String names = Arrays.stream(values).map(Enum::name).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("\"" + field + "\" must be one of " + names);
    }

    private static void known(JsonObject object, String... fields) {
        Set<String> known = Set.of(fields);
        object.names().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "\"" + name + "\" is not a field; there are " + String.join(", ", fields));
                });
    }
}
