package dev.slipway.local.cgroup;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.text.Reason;
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
    private final List<Entrance> entrances = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private String unrestricted = "there are no control groups for devices here";
    private boolean restrictsDevices;
    private boolean rightsAreMissing;

    private ControlGroup() {}

    /**
     * Makes a group, as far as this user may.
     *
     * @param parent the group to make it in, a path from the top; empty if it does not matter
     * @param limits by BuildKit's names
     * @param devices which devices its processes may open; empty for those that they may open anyway
     */
    public static ControlGroup of(String parent, Map<String, String> limits, Optional<DeviceRule> devices) {
        ControlGroup group = new ControlGroup();
        if (!parent.isEmpty() || !limits.isEmpty() || devices.isPresent()) {
            group.make(parent, new Limits(limits), devices);
        }
        return group;
    }

    /** What of it cannot be had, and what to do; empty if nothing is missing. */
    public Optional<String> problem() {
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; ", problems) + (rightsAreMissing ? ADVICE : ""));
    }

    /** What a process passes to be in the group. */
    public List<Entrance> entrances() {
        return List.copyOf(entrances);
    }

    /** Why the rule about devices is not in force for whoever enters; empty if it is. */
    public Optional<String> deviceProblem() {
        return restrictsDevices ? Optional.empty() : Optional.of(unrestricted);
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

    private void make(String parent, Limits limits, Optional<DeviceRule> devices) {
        if (parent.endsWith(":")
                || Path.of("/", parent).normalize().getNameCount()
                        != Path.of("/", parent).getNameCount()) {
            problems.add("the parent control group " + parent + " has no effect: it must be a path such as /builds");
            make("", new Limits(Map.of()), devices);
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
                Optional<DeviceRule> rule = devices.filter(any -> hierarchy.takesDeviceRule(hierarchies));
                boolean named = !parent.isEmpty() && !hierarchy.controllers().isEmpty();
                if (named || !its.isEmpty() || rule.isPresent()) {
                    its.forEach(setting -> missing.remove(setting.controller()));
                    make(hierarchy, parent, its, rule);
                }
            }
            if (!missing.isEmpty()) {
                problems.add("no limit is set for " + String.join(", ", missing)
                        + ": there are no control groups of that kind here");
            } else if (hierarchies.isEmpty() && !parent.isEmpty()) {
                problems.add("the parent control group " + parent + " has no effect: there are no control groups here");
            }
        } catch (IOException e) {
            unrestricted = "control groups cannot be looked at: " + e.getMessage();
            if (!parent.isEmpty() || limits.isAny()) {
                problems.add(unrestricted);
            }
        }
    }

    /** What is forbidden to this program's own group is forbidden to those below it. */
    private static List<Path> places(Hierarchy hierarchy, String parent, boolean onlyDevices) {
        if (!parent.isEmpty()) {
            return List.of(hierarchy.root().resolve(parent.replaceFirst("^/+", "")));
        }
        return onlyDevices ? List.of(hierarchy.ownFolder()) : hierarchy.parents();
    }

    private void make(Hierarchy hierarchy, String parent, List<Setting> settings, Optional<DeviceRule> rule) {
        List<Path> places = places(hierarchy, parent, settings.isEmpty());
        IOException failure = null;
        for (Path place : places) {
            GroupFolder group = new GroupFolder(hierarchy, place.resolve(FOLDER).resolve(name()));
            try {
                if (!group.make(settings)) {
                    problems.add("memory-swap has no effect: this kernel does not count swap by groups");
                }
                if (rule.isPresent() && !hierarchy.unified()) {
                    group.restrict(rule.get());
                }
                restrictsDevices |= rule.isPresent();
                groups.add(group);
                entrances.add(new Entrance(group.path(), rule.filter(any -> hierarchy.unified())));
                return;
            } catch (IOException e) {
                group.remove();
                failure = failure == null || failure instanceof NoRightsException ? e : failure;
            }
        }
        String reason = Reason.of(requireNonNull(failure)); // There is always a place.
        if (rule.isPresent()) {
            unrestricted = reason;
        }
        if (settings.isEmpty() && parent.isEmpty()) {
            return;
        }
        if (rule.isPresent()) {
            make(hierarchy, "", List.of(), rule);
        }
        String what = settings.isEmpty()
                ? "the parent control group " + parent + " has no effect for "
                        + String.join(", ", hierarchy.controllers())
                : "no limit is set for "
                        + settings.stream().map(Setting::controller).distinct().collect(Collectors.joining(", "));
        rightsAreMissing |= failure instanceof NoRightsException;
        problems.add(what + ": " + reason);
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
