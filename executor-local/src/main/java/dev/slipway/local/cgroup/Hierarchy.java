package dev.slipway.local.cgroup;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A hierarchy of control groups that is mounted here.
 *
 * @param root where it is mounted
 * @param unified whether it is the one hierarchy of all controllers
 * @param controllers that it has
 * @param own the group of this process, a path below the root
 */
record Hierarchy(Path root, boolean unified, Set<String> controllers, String own) {

    /** The controller of devices, which is a hierarchy's own; the unified one has programs instead. */
    static final String DEVICES = "devices";

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Path GROUPS = Path.of("/proc/self/cgroup");
    private static final Set<String> CONTROLLERS =
            Set.of("memory", "cpu", "cpuacct", "cpuset", "pids", "blkio", DEVICES);

    /** The hierarchies that can limit something, and the unified one even if it can only restrict devices. */
    static List<Hierarchy> all() throws IOException {
        List<String> groups = Files.readAllLines(GROUPS);
        List<Hierarchy> found = new ArrayList<>();
        for (String line : Files.readAllLines(MOUNTS)) {
            int separator = line.indexOf(" - ");
            List<String> place = Arrays.asList(line.substring(0, separator).split(" "));
            List<String> kind = Arrays.asList(line.substring(separator + 3).split(" "));
            Path root = Path.of(place.get(4));
            Set<String> controllers = new TreeSet<>();
            if (kind.get(0).equals("cgroup")) {
                controllers.addAll(Arrays.asList(kind.get(2).split(",")));
            } else if (kind.get(0).equals("cgroup2") && Files.isReadable(root.resolve("cgroup.controllers"))) {
                controllers.addAll(Arrays.asList(Files.readString(root.resolve("cgroup.controllers"))
                        .strip()
                        .split(" ")));
            }
            controllers.retainAll(CONTROLLERS);
            boolean unified = kind.get(0).equals("cgroup2");
            if (unified || !controllers.isEmpty()) {
                found.add(new Hierarchy(root, unified, controllers, own(groups, unified, controllers)));
            }
        }
        return found;
    }

    private static String own(List<String> groups, boolean unified, Set<String> controllers) {
        return groups.stream()
                .map(line -> line.split(":", 3))
                .filter(parts -> unified
                        ? parts[1].isEmpty()
                        : Arrays.asList(parts[1].split(",")).containsAll(controllers))
                .map(parts -> parts[2])
                .findFirst()
                .orElse("/");
    }

    /** The folder of the group of this process, as far as it is to be seen here. */
    Path ownFolder() {
        Path folder = root.resolve(own.substring(1)).normalize();
        return folder.startsWith(root) ? folder : root;
    }

    /** Whether it has the rule about devices, if it is the one of these hierarchies that is to have it. */
    boolean takesDeviceRule(List<Hierarchy> all) {
        return controllers.contains(DEVICES)
                || unified && all.stream().noneMatch(other -> other.controllers.contains(DEVICES));
    }

    /** Where a group may be made if nobody says where: at the top, else as near to this process as it can be. */
    List<Path> parents() {
        List<Path> parents = new ArrayList<>(List.of(root));
        Path place = ownFolder();
        while (!place.equals(root)) {
            parents.add(place);
            place = requireNonNull(place.getParent());
        }
        return parents;
    }
}
