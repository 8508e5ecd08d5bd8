package dev.slipway.frontend.stage;

import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.stage.OutlineNotes.Argument;
import dev.slipway.llb.Platform;
import dev.slipway.parser.shell.Expansion;
import dev.slipway.parser.shell.ExpansionException;
import dev.slipway.parser.tree.Arg;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments that FROM sees: the automatic ones and those declared before the first stage.
 *
 * @param values by name
 * @param declared those of the Dockerfile
 */
record GlobalArguments(Environment values, Map<String, Argument> declared) {

    /**
     * The automatic arguments. A build argument of the same name overrides one, without changing the platform itself.
     *
     * @param stage name of the stage that is built, or empty
     */
    static Environment automatic(FrontendRequest request, String stage, Map<String, String> buildArgs) {
        Platform build = request.buildPlatforms().get(0);
        Platform target = request.targetPlatform();
        Environment values = new Environment();
        values.put("BUILDPLATFORM", build.format());
        values.put("BUILDOS", build.os());
        values.put("BUILDOSVERSION", build.osVersion());
        values.put("BUILDARCH", build.architecture());
        values.put("BUILDVARIANT", build.variant());
        values.put("TARGETPLATFORM", target.formatAll());
        values.put("TARGETOS", target.os());
        values.put("TARGETOSVERSION", target.osVersion());
        values.put("TARGETARCH", target.architecture());
        values.put("TARGETVARIANT", target.variant());
        values.put("TARGETSTAGE", stage.isEmpty() ? "default" : stage);
        for (String name : List.copyOf(values.names())) {
            if (buildArgs.containsKey(name)) {
                values.put(name, buildArgs.get(name));
            }
        }
        return values;
    }

    /**
     * Adds the declared arguments to the automatic ones.
     *
     * @throws FrontendException if a default that is needed can't be expanded
     */
    static GlobalArguments of(
            Environment automatic, List<Arg> instructions, BoundedWords words, Map<String, String> buildArgs) {
        Environment values = automatic.copy();
        Map<String, Argument> declared = new LinkedHashMap<>();
        for (Arg instruction : instructions) {
            for (Arg.Variable variable : instruction.variables()) {
                try {
                    declare(instruction, variable, values, declared, words, buildArgs);
                } catch (ExpansionException e) {
                    throw FrontendException.of(e).at(instruction.statement().ranges());
                }
            }
        }
        return new GlobalArguments(values, declared);
    }

    private static void declare(
            Arg instruction,
            Arg.Variable variable,
            Environment values,
            Map<String, Argument> declared,
            BoundedWords words,
            Map<String, String> buildArgs) {
        String name = variable.name();
        Optional<String> value = Optional.ofNullable(buildArgs.get(name));
        Set<String> uses = Set.of();
        if (value.isEmpty() && variable.defaultValue().isPresent()) {
            Expansion expansion = words.expand(variable.defaultValue().get(), values);
            value = Optional.of(expansion.text());
            uses = usesOf(name, expansion.matched(), declared);
        }
        value.ifPresent(text -> values.put(name, text));
        declared.put(
                name,
                new Argument(
                        name,
                        value.orElse(""),
                        instruction.statement().descriptionOf(name),
                        uses,
                        instruction.statement().ranges()));
    }

    /** A default that uses the argument's own earlier value uses what that one used. */
    private static Set<String> usesOf(String name, Set<String> matched, Map<String, Argument> declared) {
        if (!matched.contains(name)) {
            return matched;
        }
        Set<String> uses = new LinkedHashSet<>(matched);
        uses.remove(name);
        if (declared.containsKey(name)) {
            uses.addAll(declared.get(name).uses());
        }
        return uses;
    }
}
