package dev.slipway.local.sandbox;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Errno;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.launch.SystemCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Control groups of version 1: a folder for each hierarchy that this machine has. What a process sees of them begins with its own
 * groups, as its cgroup namespace has it.
 */
record SeparateGroups(List<Hierarchy> hierarchies) implements SandboxMount.Source {

    static final Path PLACE = Path.of("/sys/fs/cgroup");

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    /** What a mount is said to have besides controllers and a name. Only whoever made the hierarchy can say more than the first. */
    private static final Set<String> NOT_OF_HIERARCHY = Set.of("rw", "ro", "clone_children", "cpuset_v2_mode");

    SeparateGroups {
        hierarchies = List.copyOf(hierarchies);
    }

    /**
     * A hierarchy.
     *
     * @param folder its name, such as {@code cpu,cpuacct}
     * @param options what it is mounted with: its controllers, or its own name
     */
    record Hierarchy(String folder, List<String> options) {

        /** Names under which it is found too: those of its controllers, if it has several. */
        List<String> links() {
            return folder.contains(",") ? Arrays.asList(folder.split(",")) : List.of();
        }
    }

    /** Those of this machine, as far as they are to be seen here. */
    static SeparateGroups ofMachine() {
        try {
            return parse(Files.readAllLines(MOUNTS));
        } catch (IOException e) {
            throw new ExecutorException("cannot read " + MOUNTS + ": " + e.getMessage(), e);
        }
    }

    static SeparateGroups parse(List<String> mountinfo) {
        List<Hierarchy> hierarchies = new ArrayList<>();
        for (String line : mountinfo) {
            int separator = line.indexOf(" - ");
            Path place = Path.of(line.split(" ")[4]);
            String[] kind = line.substring(separator + 3).split(" ");
            if (kind[0].equals("cgroup") && PLACE.equals(place.getParent())) {
                List<String> options = Stream.of(kind[2].split(","))
                        .filter(option -> !NOT_OF_HIERARCHY.contains(option) && !option.startsWith("release_agent="))
                        .toList();
                hierarchies.add(new Hierarchy(place.getFileName().toString(), options));
            }
        }
        return new SeparateGroups(hierarchies.stream().distinct().collect(Collectors.toList()));
    }

    /** Adds the calls that mount them in an empty folder, which is the working folder. A hierarchy that may not be seen stays empty. */
    void mount(ChildProgram program) {
        long type = program.text("cgroup");
        long flags = Linux.MS_NOSUID | Linux.MS_NODEV | Linux.MS_NOEXEC;
        for (Hierarchy hierarchy : hierarchies) {
            String description = "show the control groups " + hierarchy.folder();
            int here = ChildProgram.WORKING_FOLDER;
            long folder = program.text(hierarchy.folder());
            long options = program.text(String.join(",", hierarchy.options()));
            program.call(description, SystemCall.MKDIRAT, here, folder, 0555);
            program.callUnless(Errno.EPERM, description, SystemCall.MOUNT, type, folder, type, flags, options);
            hierarchy
                    .links()
                    .forEach(link -> program.call(description, SystemCall.SYMLINKAT, folder, here, program.text(link)));
        }
    }
}
