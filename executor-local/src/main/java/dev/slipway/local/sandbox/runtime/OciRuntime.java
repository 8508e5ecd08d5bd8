package dev.slipway.local.sandbox.runtime;

import dev.slipway.local.sandbox.ProcessEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An OCI runtime of this machine.
 *
 * @param name its name
 * @param options what keeps its hands off control groups: a step has none of its own
 * @param program where it is, if it is there
 */
record OciRuntime(String name, List<String> options, Optional<Path> program) {

    /** The runtimes that Slipway knows how to use, the preferred one first. */
    static List<OciRuntime> all() {
        return List.of(find("crun", "--cgroup-manager=disabled"), find("runc", "--rootless=true"));
    }

    private static OciRuntime find(String name, String option) {
        Stream<String> folders = Stream.of(System.getenv()
                .getOrDefault("PATH", ProcessEnvironment.DEFAULT_PATH)
                .split(":"));
        Optional<Path> program = Stream.concat(folders, Stream.of("/usr/sbin", "/sbin"))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        return new OciRuntime(name, List.of(option), program);
    }
}
