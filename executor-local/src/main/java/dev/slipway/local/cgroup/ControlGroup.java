package dev.slipway.local.cgroup;

import dev.slipway.local.cgroup.Limits.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The control group of one step: a group in each hierarchy that is needed. Those of builds that were killed are removed by
 * later ones.
 */
public final class ControlGroup implements AutoCloseable {

    private static final String FOLDER = "slipway";
    private static final int REMOVAL_ATTEMPTS = 100;
    private static final String ADVICE =
            "; run as root, or where this user may make control groups, as in a scope of systemd with Delegate=yes";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final List<GroupFolder> groups = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private boolean rightsAreMissing;

    private ControlGroup() {}

    /** A step that shares the group of this program. */
    public static ControlGroup none() {
        return new ControlGroup();
    }

    /**
     * Makes a group, as far as this user may.
     *
     * @param parent the group to make it in, a path from the top; empty if it does not matter
     * @param limits by BuildKit's names
     */
    public static ControlGroup of(String parent, Map<String, String> limits) {
        ControlGroup group = new ControlGroup();
        if (!parent.isEmpty() || !limits.isEmpty()) {
            group.make(parent, new Limits(limits));
        }
        return group;
    }

    /** What of it cannot be had, and what to do; empty if nothing is missing. */
    public Optional<String> problem() {
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; ", problems) + (rightsAreMissing ? ADVICE : ""));
    }

    /** The files to which a process writes to be in the group. */
    public List<Path> entrances() {
        return groups.stream().map(GroupFolder::entrance).toList();
    }

    /** Whether a process was killed because the group had used up its memory. */
    public boolean ranOutOfMemory() {
        return groups.stream()
                .flatMap(group ->
                        Stream.of("memory.events", "memory.oom_control").map(group.path()::resolve))
                .filter(Files::isReadable)
                .anyMatch(ControlGroup::hasKilled);
    }

    private static boolean hasKilled(Path events) {
        try {
            return Files.readAllLines(events).stream()
                    .anyMatch(line -> line.startsWith("oom_kill ") && !line.equals("oom_kill 0"));
        } catch (IOException e) {
            return false;
        }
    }

    private void make(String parent, Limits limits) {
        if (parent.endsWith(":")
                || Path.of("/", parent).normalize().getNameCount()
                        != Path.of("/", parent).getNameCount()) {
            problems.add("the parent control group " + parent + " has no effect: it is to be a path such as /builds");
            return;
        }
        limits.problem().ifPresent(problems::add);
        try {
            List<Hierarchy> hierarchies = Hierarchy.all();
            Set<String> missing = new TreeSet<>();
            limits.separate().forEach(setting -> missing.add(setting.controller()));
            for (Hierarchy hierarchy : hierarchies) {
                List<Setting> settings = hierarchy.unified() ? limits.unified() : limits.separate();
                List<Setting> its = settings.stream()
                        .filter(setting -> hierarchy.controllers().contains(setting.controller()))
                        .toList();
                if (!parent.isEmpty() || !its.isEmpty()) {
                    its.forEach(setting -> missing.remove(setting.controller()));
                    make(hierarchy, parent, its);
                }
            }
            if (!missing.isEmpty()) {
                problems.add("nothing is limited of " + String.join(", ", missing)
                        + ": there are no control groups of that kind here");
            } else if (hierarchies.isEmpty()) {
                problems.add("the parent control group " + parent + " has no effect: there are no control groups here");
            }
        } catch (IOException e) {
            problems.add("control groups cannot be looked at: " + e.getMessage());
        }
    }

    private void make(Hierarchy hierarchy, String parent, List<Setting> settings) {
        List<Path> places = parent.isEmpty()
                ? hierarchy.parents()
                : List.of(hierarchy.root().resolve(parent.replaceFirst("^/+", "")));
        IOException failure = null;
        for (Path place : places) {
            GroupFolder group = new GroupFolder(hierarchy, place.resolve(FOLDER).resolve(name()));
            try {
                if (!group.make(settings)) {
                    problems.add("memory-swap has no effect: this kernel does not count swap by groups");
                }
                groups.add(group);
                return;
            } catch (IOException e) {
                group.remove();
                failure = failure == null || failure instanceof NoRightsException ? e : failure;
            }
        }
        String what = settings.isEmpty()
                ? "the parent control group " + parent + " has no effect for "
                        + String.join(", ", hierarchy.controllers())
                : "nothing is limited of "
                        + settings.stream().map(Setting::controller).distinct().collect(Collectors.joining(", "));
        rightsAreMissing |= failure instanceof NoRightsException;
        problems.add(what + ": " + failure.getMessage());
    }

    private static String name() {
        return ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    }

    /**
     * Removes the group, and those above it that were made for it and are empty. The step's processes have been killed by then.
     */
    @Override
    public void close() {
        boolean interrupted = false;
        for (GroupFolder group : groups) {
            for (int attempt = 0; attempt < REMOVAL_ATTEMPTS && !group.remove(); attempt++) {
                try {
                    TimeUnit.MILLISECONDS.sleep(10);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
