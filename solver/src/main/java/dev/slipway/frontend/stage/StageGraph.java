package dev.slipway.frontend.stage;

import static java.util.Objects.requireNonNull;

import dev.slipway.frontend.FrontendException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The stages of one conversion, in the order in which they became known, and how they depend on each other. */
final class StageGraph {

    private final List<StageBuild> stages = new ArrayList<>();
    private final Map<String, StageBuild> byName = new HashMap<>();

    void add(StageBuild stage) {
        stages.add(stage);
        if (!stage.name().isEmpty()) {
            byName.put(stage.name(), stage);
        }
    }

    List<StageBuild> stages() {
        return Collections.unmodifiableList(stages);
    }

    /** The latest stage whose name is exactly this. */
    Optional<StageBuild> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The latest stage of this name in any letter case. */
    Optional<StageBuild> namedIgnoringCase(String name) {
        return named(name.toLowerCase(Locale.ROOT));
    }

    /** The names of the stages, for suggestions. */
    List<String> names() {
        return stages.stream()
                .map(stage -> stage.title())
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The stages that a stage needs, including itself. */
    Set<StageBuild> neededBy(StageBuild target) {
        Set<StageBuild> needed = new LinkedHashSet<>();
        Deque<StageBuild> rest = new ArrayDeque<>();
        rest.push(target);
        while (!rest.isEmpty()) {
            StageBuild stage = rest.pop();
            if (needed.add(stage)) {
                stage.parent().ifPresent(rest::push);
                stage.dependencies().keySet().forEach(rest::push);
            }
        }
        return needed;
    }

    /**
     * Refuses stages that copy from each other in a circle. There can be no circle through FROM, because FROM sees only the
     * stages above it.
     */
    void refuseCircles() {
        Set<StageBuild> done = new HashSet<>();
        for (StageBuild stage : stages) {
            if (!stage.dependencies().isEmpty()) {
                refuseCircles(stage, done);
            }
        }
    }

    private static void refuseCircles(StageBuild start, Set<StageBuild> done) {
        Set<StageBuild> path = new LinkedHashSet<>();
        Deque<Iterator<StageBuild>> rest = new ArrayDeque<>();
        Deque<StageBuild> current = new ArrayDeque<>();
        if (done.add(start)) {
            path.add(start);
            current.push(start);
            rest.push(start.dependencies().keySet().iterator());
        }
        while (!rest.isEmpty()) {
            if (!rest.peek().hasNext()) {
                rest.pop();
                path.remove(current.pop());
                continue;
            }
            StageBuild next = rest.peek().next();
            if (path.contains(next)) {
                throw circle(start, current, next);
            }
            if (done.add(next)) {
                path.add(next);
                current.push(next);
                rest.push(next.dependencies().keySet().iterator());
            }
        }
    }

    /** As in BuildKit, the message names the stage where the circle was found, and all steps on the way. */
    private static FrontendException circle(StageBuild start, Deque<StageBuild> path, StageBuild last) {
        FrontendException failure = new FrontendException("circular dependency detected on stage: " + start.title());
        Iterator<StageBuild> fromStart = path.descendingIterator();
        StageBuild user = fromStart.next();
        while (fromStart.hasNext()) {
            StageBuild used = fromStart.next();
            failure = failure.at(requireNonNull(user.dependencies().get(used)));
            user = used;
        }
        return failure.at(requireNonNull(user.dependencies().get(last)));
    }
}
