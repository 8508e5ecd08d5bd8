package dev.slipway.frontend.stage;

import dev.slipway.parser.text.SourceRange;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The arguments, secrets and agents that one stage asks for. Noted while its steps are converted. */
final class OutlineNotes {

    private final Map<String, Argument> globals;
    private final Map<String, Argument> own = new LinkedHashMap<>(2);
    private final Set<String> used;
    private final Map<String, Need> secrets = new LinkedHashMap<>(2);
    private final Map<String, Need> agents = new LinkedHashMap<>(2);

    private OutlineNotes(Map<String, Argument> globals, Set<String> used) {
        this.globals = globals;
        this.used = used;
    }

    /**
     * Notes of a stage.
     *
     * @param globals the arguments before the first FROM, by name
     * @param used the arguments that its FROM uses
     */
    static OutlineNotes of(Map<String, Argument> globals, Set<String> used) {
        return new OutlineNotes(globals, new LinkedHashSet<>(used));
    }

    /** Empty notes. */
    static OutlineNotes none() {
        return new OutlineNotes(Map.of(), new LinkedHashSet<>(0));
    }

    /**
     * A declared argument.
     *
     * @param name its name
     * @param value its value, empty if it has none
     * @param description the comment above it
     * @param uses the arguments in its default
     * @param ranges where it is declared
     */
    record Argument(String name, String value, String description, Set<String> uses, List<SourceRange> ranges) {}

    /** Something that a step needs from the session. */
    record Need(boolean required, List<SourceRange> ranges) {}

    void declare(Argument argument) {
        own.put(argument.name(), argument);
    }

    void use(String argument) {
        used.add(argument);
    }

    void needSecret(String id, Need need) {
        secrets.putIfAbsent(id, need);
    }

    void needAgent(String id, Need need) {
        agents.putIfAbsent(id, need);
    }

    /** The arguments that the FROM of this stage uses; a stage based on it counts as using them, too. */
    Set<String> used() {
        return Collections.unmodifiableSet(used);
    }

    Map<String, Need> secrets() {
        return Collections.unmodifiableMap(secrets);
    }

    Map<String, Need> agents() {
        return Collections.unmodifiableMap(agents);
    }

    /** The declared arguments that the stage uses, including those used only in defaults of others. */
    Map<String, Argument> usedArguments() {
        Map<String, Argument> found = new LinkedHashMap<>();
        Set<String> seen = new LinkedHashSet<>(used);
        List<String> rest = new java.util.ArrayList<>(used);
        for (int i = 0; i < rest.size(); i++) {
            String name = rest.get(i);
            Argument argument = own.getOrDefault(name, globals.get(name));
            if (argument != null) {
                found.put(name, argument);
                argument.uses().stream().filter(seen::add).forEach(rest::add);
            }
        }
        return found;
    }
}
