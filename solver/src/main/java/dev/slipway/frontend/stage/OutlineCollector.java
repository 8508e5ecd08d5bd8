package dev.slipway.frontend.stage;

import dev.slipway.frontend.Outline;
import dev.slipway.parser.text.SourceRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Combines the notes of a target and of the stages that it needs. Of several notes with one name, the target's is used. */
final class OutlineCollector {

    private final Map<String, Outline.Argument> arguments = new LinkedHashMap<>();
    private final Map<String, Outline.Need> secrets = new LinkedHashMap<>();
    private final Map<String, Outline.Need> agents = new LinkedHashMap<>();

    private OutlineCollector() {}

    static Outline collect(StageBuild target) {
        OutlineCollector collector = new OutlineCollector();
        Set<StageBuild> seen = new HashSet<>();
        Deque<StageBuild> rest = new ArrayDeque<>();
        rest.push(target);
        while (!rest.isEmpty()) {
            StageBuild stage = rest.pop();
            if (seen.add(stage)) {
                collector.add(stage.outline());
                List<StageBuild> further = new ArrayList<>(stage.dependencies().keySet());
                for (int i = further.size() - 1; i >= 0; i--) {
                    rest.push(further.get(i));
                }
                stage.parent().ifPresent(rest::push);
            }
        }
        return collector.outline(target);
    }

    private void add(OutlineNotes notes) {
        notes.usedArguments()
                .forEach((name, argument) -> arguments.putIfAbsent(
                        name, new Outline.Argument(name, argument.description(), argument.value(), argument.ranges())));
        notes.secrets()
                .forEach((id, need) -> secrets.putIfAbsent(id, new Outline.Need(id, need.required(), need.ranges())));
        notes.agents()
                .forEach((id, need) -> agents.putIfAbsent(id, new Outline.Need(id, need.required(), need.ranges())));
    }

    private Outline outline(StageBuild target) {
        return new Outline(
                target.name(),
                target.from()
                        .map(from -> from.statement().descriptionOf(from.name()))
                        .orElse(""),
                arguments.values().stream()
                        .sorted(Comparator.comparingInt(argument -> firstLine(argument.ranges())))
                        .toList(),
                sorted(secrets),
                sorted(agents));
    }

    private static List<Outline.Need> sorted(Map<String, Outline.Need> needs) {
        return needs.values().stream()
                .sorted(Comparator.comparingInt(need -> firstLine(need.ranges())))
                .toList();
    }

    private static int firstLine(List<SourceRange> ranges) {
        return ranges.isEmpty() ? 0 : ranges.get(0).startLine();
    }
}
