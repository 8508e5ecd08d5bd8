package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.BuildEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps are in control groups of their own if the build limits them, where such groups can be made. */
@Tag("end-to-end")
@Timeout(300)
class ResourceLimitsTest {

    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images",
                    Path.of(System.getProperty("slipway.root", ".."), "target/images")
                            .toString()))
            .resolve("alpine");

    /** Where groups are, of either kind; and the group of these tests. */
    private static final List<Path> HIERARCHIES = Stream.of(
                    "", "memory", "cpu", "cpuset", "pids", "cpuacct", "blkio", "devices")
            .map(Path.of("/sys/fs/cgroup")::resolve)
            .filter(folder -> Files.exists(folder.resolve("cgroup.procs")))
            .toList();

    private static final String PARENT =
            "slipway-test-" + ProcessHandle.current().pid();

    @TempDir
    private Path folder;

    @BeforeEach
    void checkPlace() {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
    }

    @AfterEach
    void removeGroups() throws IOException {
        for (Path hierarchy : HIERARCHIES) {
            Files.deleteIfExists(hierarchy.resolve(PARENT));
        }
    }

    private List<String> build(String sandbox, BuildRequest request) throws InterruptedException {
        List<String> warnings = new ArrayList<>();
        try (Slipway slipway = Slipway.open(folder.resolve("home"), Map.of("sandbox", sandbox))) {
            slipway.build(request, event -> {
                if (event instanceof BuildEvent.Warned warned) {
                    warnings.add(warned.message());
                }
            });
        }
        return warnings;
    }

    private BuildRequest request(String run) throws IOException {
        Path context = Files.createDirectories(folder.resolve("context"));
        return BuildRequest.of(context)
                .dockerfileText("FROM alpine AS run\n" + run + "\nFROM scratch\nCOPY --from=run /seen /\n")
                .buildContext("alpine", "oci-layout://" + ALPINE)
                .output(Output.localDirectory(folder.resolve("out")));
    }

    private static void assumeGroupsCanBeMade() throws IOException {
        assumeTrue(!HIERARCHIES.isEmpty(), "there are no control groups here");
        for (Path hierarchy : HIERARCHIES) {
            assumeTrue(Files.isWritable(hierarchy.resolve("cgroup.procs")), hierarchy + " may not be written to");
            try {
                Files.createDirectory(hierarchy.resolve(PARENT));
                Files.delete(hierarchy.resolve(PARENT));
            } catch (IOException e) {
                assumeTrue(false, "no control group can be made here: " + e.getMessage());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "crun", "runc"})
    void aStepHasNoMoreThanItsLimits(String sandbox) throws Exception {
        assumeGroupsCanBeMade();
        BuildRequest request = request("RUN grep Cpus_allowed_list /proc/self/status > /seen")
                .resource("memory", "256m")
                .resource("cpu-shares", "512")
                .resource("cpu-period", "50000")
                .resource("cpu-quota", "40000");
        if (HIERARCHIES.stream().anyMatch(ResourceLimitsTest::limitsProcessors)) {
            request = request.resource("cpuset-cpus", "0");
        }

        assertThat(build(sandbox, request)).isEmpty();
        assertThat(folder.resolve("out/seen")).content().matches("Cpus_allowed_list:\\s+0\n");
        assertNoGroupIsLeft("slipway");
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "crun", "runc"})
    void aStepThatUsesUpItsMemoryIsToldSo(String sandbox) throws Exception {
        assumeGroupsCanBeMade();
        BuildRequest request = request("RUN dd if=/dev/zero of=/dev/null bs=200M count=1; exit $?")
                .resource("memory", "48m");

        assertThatThrownBy(() -> build(sandbox, request))
                .isInstanceOf(BuildException.class)
                .hasMessageEndingWith(
                        "did not complete successfully: exit code: 137, out of memory: the limit is 50331648"
                                + " bytes; give the build's steps more memory");
        assertNoGroupIsLeft("slipway");
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "crun", "runc"})
    void aStepSeesItsLimit(String sandbox) throws Exception {
        assumeGroupsCanBeMade();
        BuildRequest request = request(
                        "RUN cd /sys/fs/cgroup && cat memory.max > /seen 2> /dev/null || cat memory/memory.limit_in_bytes > /seen")
                .resource("memory", "256m");

        assertThat(build(sandbox, request)).isEmpty();
        assertThat(folder.resolve("out/seen")).hasContent("268435456\n");
        assertNoGroupIsLeft("slipway");
    }

    @Test
    void aStepIsInTheGroupThatTheBuildNames() throws Exception {
        assumeGroupsCanBeMade();
        assertThat(build("built-in", request("RUN echo done > /seen").cgroupParent("/" + PARENT)))
                .isEmpty();
        assertThat(counted()).isNotEmpty().allMatch(count -> count > 0);
        assertNoGroupIsLeft(PARENT);
    }

    /** What the kernel has counted for all that was ever in the group, in whichever counters there are. */
    private static List<Long> counted() throws IOException {
        List<Long> counts = new ArrayList<>();
        for (Path hierarchy : HIERARCHIES) {
            for (String counter : List.of("cpu.stat", "cpuacct.usage", "memory.max_usage_in_bytes")) {
                Path file = hierarchy.resolve(PARENT).resolve(counter);
                String text = Files.exists(file) ? Files.readAllLines(file).get(0) : "";
                if (text.matches("(usage_usec )?[0-9]+")) {
                    counts.add(Long.valueOf(text.replace("usage_usec ", "")));
                }
            }
        }
        return counts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"../up", "builds.slice:slipway:"})
    void aParentThatIsNoPathIsNotTaken(String parent) throws Exception {
        assertThat(build("built-in", request("RUN echo done > /seen").cgroupParent(parent)))
                .containsExactly(
                        "the parent control group " + parent + " has no effect: it must be a path such as /builds");
    }

    @Test
    void processorsThatAreNotThereAreNamed() throws Exception {
        assumeGroupsCanBeMade();
        assumeTrue(HIERARCHIES.stream().anyMatch(ResourceLimitsTest::limitsProcessors), "processors cannot be limited");
        assertThat(build("built-in", request("RUN echo done > /seen").resource("cpuset-cpus", "0,65535")))
                .singleElement()
                .asString()
                .matches("no limit is set for cpuset: cpuset\\.cpus does not take 0,65535; there is [0-9,-]+");
    }

    private static boolean limitsProcessors(Path hierarchy) {
        try {
            return Files.exists(hierarchy.resolve("cpuset.mems"))
                    || Files.readString(hierarchy.resolve("cgroup.controllers")).contains("cpuset");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void groupsOfKilledBuildsAreRemoved() throws Exception {
        assumeGroupsCanBeMade();
        Process killed = new ProcessBuilder("sleep", "3000").start();
        List<Path> left = new ArrayList<>();
        for (Path hierarchy : HIERARCHIES) {
            left.add(Files.createDirectories(hierarchy.resolve(PARENT + "/slipway/" + killed.pid() + "-1")));
        }
        build("built-in", request("RUN echo done > /seen").cgroupParent(PARENT));
        assertThat(left).allMatch(Files::exists);

        killed.destroyForcibly().waitFor();
        build("built-in", request("RUN echo gone > /seen").cgroupParent(PARENT));
        assertThat(left).noneMatch(Files::exists);
    }

    private static void assertNoGroupIsLeft(String name) throws IOException {
        for (Path hierarchy : HIERARCHIES) {
            Path group = hierarchy.resolve(name).resolve(name.equals(PARENT) ? "slipway" : "");
            if (Files.isDirectory(group)) {
                try (Stream<Path> left = Files.list(group)) {
                    String own = ProcessHandle.current().pid() + "-";
                    assertThat(left.map(path -> path.getFileName().toString())).noneMatch(file -> file.startsWith(own));
                }
            }
        }
    }

    @Test
    void whereNoGroupCanBeMadeAWarningSaysSo() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        OrdinaryUser user = OrdinaryUser.alone(folder);
        OrdinaryUser.copy(ALPINE, user.folder().resolve("alpine"));
        Path context = Files.createDirectory(user.folder().resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM alpine\nRUN true\n");

        assertThat(user.run(
                        List.of(),
                        "build",
                        "--resource",
                        "memory=100m",
                        "--build-context",
                        "alpine=oci-layout://" + user.folder().resolve("alpine"),
                        context.toString()))
                .contains("WARN: no limit is set for memory: ")
                .contains("; run as root, or where this user may make control groups, as in a scope of systemd with"
                        + " Delegate=yes\n");
    }
}
