package dev.slipway.local.cgroup;

import dev.slipway.local.cgroup.Limits.Setting;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

/**
 * The control group of one step: a group in each hierarchy that is needed. Those of builds that were killed are removed by
 * later ones.
 */
public final class ControlGroup implements AutoCloseable {

    private static final String FOLDER = "slipway";
    private static final String PROCESSES = "cgroup.procs";
    private static final String SUBTREE = "cgroup.subtree_control";
    private static final int CREATION_ATTEMPTS = 3;
    private static final int REMOVAL_ATTEMPTS = 100;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final List<Path> groups = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

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
                : Optional.of(String.join("; ", problems)
                        + "; run as root, or where this user may make control groups, as in a scope of systemd with"
                        + " Delegate=yes");
    }

    /** The files to which a process writes to be in the group. */
    public List<Path> entrances() {
        return groups.stream().map(group -> group.resolve(PROCESSES)).toList();
    }

    /** Whether a process was killed because the group had used up its memory. */
    public boolean ranOutOfMemory() {
        return groups.stream()
                .flatMap(group -> List.of(group.resolve("memory.events"), group.resolve("memory.oom_control")).stream())
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
            Path group = place.resolve(FOLDER).resolve(name());
            try {
                make(hierarchy, group, settings);
                groups.add(group);
                return;
            } catch (IOException e) {
                remove(group);
                failure = failure == null ? e : failure;
            }
        }
        String what = settings.isEmpty()
                ? "the parent control group " + parent + " has no effect for "
                        + String.join(", ", hierarchy.controllers())
                : "nothing is limited of "
                        + settings.stream().map(Setting::controller).distinct().collect(Collectors.joining(", "));
        problems.add(what + ": " + reason(failure));
    }

    private static String name() {
        return ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    }

    private static void make(Hierarchy hierarchy, Path group, List<Setting> settings) throws IOException {
        createFolder(group);
        if (hierarchy.unified()) {
            for (Setting setting : settings) {
                hand(hierarchy.root(), group.getParent(), setting.controller());
            }
        } else if (hierarchy.controllers().contains("cpuset")) {
            // A new group has no processors, and nothing can be put into it.
            inherit(hierarchy.root(), group, "cpuset.cpus");
            inherit(hierarchy.root(), group, "cpuset.mems");
        }
        for (Setting setting : settings) {
            Files.writeString(group.resolve(setting.file()), setting.value());
        }
    }

    /** Another build may just be removing the folder that is not needed any more. */
    private static void createFolder(Path group) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.createDirectories(group.getParent());
                removeLeftOnes(group.getParent());
                Files.createDirectory(group);
                return;
            } catch (NoSuchFileException e) {
                if (attempt == CREATION_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** A controller is for those groups to which all groups above hand it down. */
    private static void hand(Path root, Path folder, String controller) throws IOException {
        if (!folder.equals(root)) {
            hand(root, folder.getParent(), controller);
        }
        if (!List.of(Files.readString(folder.resolve(SUBTREE)).strip().split(" "))
                .contains(controller)) {
            Files.writeString(folder.resolve(SUBTREE), "+" + controller);
        }
    }

    private static void inherit(Path root, Path group, String file) throws IOException {
        if (!Files.readString(group.resolve(file)).isBlank()) {
            return;
        }
        if (!group.equals(root)) {
            inherit(root, group.getParent(), file);
            Files.writeString(
                    group.resolve(file), Files.readString(group.getParent().resolve(file)));
        }
    }

    /** A group is named after the process that made it, which may have been killed. */
    private static void removeLeftOnes(Path folder) throws IOException {
        try (var groups = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path group : groups) {
                String name = group.getFileName().toString();
                boolean ours = name.matches("[0-9]+-[0-9]+");
                if (ours && !Files.exists(Path.of("/proc", name.substring(0, name.indexOf('-'))))) {
                    remove(group);
                }
            }
        }
    }

    private static boolean remove(Path group) {
        try {
            Files.deleteIfExists(group);
            return true;
        } catch (IOException e) {
            return false; // It has processes still.
        }
    }

    private static String reason(IOException e) {
        String file = e instanceof FileSystemException known ? known.getFile() + " " : "";
        if (e instanceof AccessDeniedException || e.getMessage().contains("Permission denied")) {
            return file + "may not be written to";
        }
        if (e instanceof NoSuchFileException) {
            return file + "is not there";
        }
        if (e.getMessage().contains("Read-only")) {
            return file + "is read-only";
        }
        return e.getMessage();
    }

    /** Removes the group, and those above it that were made for it and are empty. The step's processes have been killed by then. */
    @Override
    public void close() {
        boolean interrupted = false;
        for (Path group : groups) {
            for (int attempt = 0; attempt < REMOVAL_ATTEMPTS && !remove(group); attempt++) {
                try {
                    TimeUnit.MILLISECONDS.sleep(10);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            remove(group.getParent());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
