package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.frontend.Conversion;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.ExecOp.CdiDevice;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta.HostIp;
import dev.slipway.llb.ProcessMeta.Ulimit;
import dev.slipway.llb.Vertex;
import dev.slipway.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** What the options mean for the steps of a build. */
@Tag("end-to-end")
class StepOptionsTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");

    @TempDir
    private static Path folder;

    private static Slipway slipway;

    @BeforeAll
    static void open() throws Exception {
        slipway = Slipway.open(folder.resolve("home"));
        Files.writeString(
                folder.resolve("Dockerfile"), "FROM scratch AS first\nRUN [\"/x\"]\nFROM first\nRUN [\"/y\"]\n");
    }

    @AfterAll
    static void close() {
        slipway.close();
    }

    private static final class Arguments {

        @Mixin
        private BuildOptions options;
    }

    private static BuildRequest request(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(folder.toString());
        return CommandLine.populateCommand(new Arguments(), all.toArray(String[]::new))
                .options
                .request();
    }

    private static Conversion converted(String... arguments) throws InterruptedException {
        return slipway.convert(request(arguments)).values().iterator().next();
    }

    private static List<Vertex> steps(String... arguments) throws InterruptedException {
        return converted(arguments).definition().vertices();
    }

    private static ExecOp step(String... arguments) throws InterruptedException {
        return (ExecOp) steps(arguments).get(1).op();
    }

    @Test
    void hostsHaveAddressesOfEitherKind() throws Exception {
        assertThat(step("--add-host", "One:10.0.0.1,10.0.0.2", "--add-host", "two=[::1]", "--add-host", "three:::2")
                        .meta()
                        .extraHosts())
                .containsExactly(
                        new HostIp("one", "10.0.0.1"),
                        new HostIp("one", "10.0.0.2"),
                        new HostIp("two", "::1"),
                        new HostIp("three", "::2"));
    }

    @Test
    void processesHaveLimits() throws Exception {
        ExecOp step =
                step("--ulimit=nofile=10:20", "--ulimit", "core=0", "--cgroup-parent", "/group", "--shm-size", "128m");
        assertThat(step.meta().ulimits()).containsExactly(new Ulimit("nofile", 10, 20), new Ulimit("core", 0, 0));
        assertThat(step.meta().cgroupParent()).isEqualTo("/group");
        assertThat(step.mounts())
                .filteredOn(mount -> mount.destination().equals("/dev/shm"))
                .extracting(Mount::kind)
                .containsExactly(new Mount.Tmpfs(128 << 20));
    }

    @Test
    void resourcesStandBesideTheGraph() throws Exception {
        List<Vertex> limited = steps(
                "--resource",
                "memory=512m,memory-swap=-1,cpu-quota=50000",
                "--resource",
                "cpuset-cpus=0-1,3,cpuset-mems=0");
        assertThat(limited.get(1).metadata().linuxResources())
                .containsOnly(
                        Map.entry("memory", "536870912"),
                        Map.entry("memorySwap", "-1"),
                        Map.entry("cpuQuota", "50000"),
                        Map.entry("cpusetCpus", "0-1,3"),
                        Map.entry("cpusetMems", "0"));
        assertThat(limited.get(1).digest()).isEqualTo(steps().get(1).digest());
    }

    @Test
    void devicesAreNamed() throws Exception {
        assertThat(step("--device", "vendor.com/class=one", "--device", "vendor.com/class=two,required")
                        .cdiDevices())
                .containsExactly(
                        new CdiDevice("vendor.com/class=one", true), new CdiDevice("vendor.com/class=two", false));
    }

    @ParameterizedTest
    @CsvSource({"default, UNSET", "none, NONE", "host, HOST"})
    void theNetworkIsOneOfThree(String mode, NetworkMode expected) throws Exception {
        assertThat(step("--network", mode).network()).isEqualTo(expected);
    }

    @Test
    void someStagesAreMadeAgain() throws Exception {
        assertThat(steps("--no-cache-filter", "FIRST,other"))
                .extracting(step -> step.metadata().ignoreCache())
                .containsExactly(true, false);
        assertThat(steps("--no-cache"))
                .extracting(step -> step.metadata().ignoreCache())
                .containsExactly(true, true);
    }

    @Test
    void aPlatformMayBeThatOfTheMachine() throws Exception {
        assertThat(slipway.convert(request("--platform", "local,linux/s390x")).keySet())
                .containsExactly(Platform.host(), Platform.parse("linux/s390x"));
    }

    @Test
    void theImageHasLabels() throws Exception {
        assertThat(converted("--label", "a=1", "--label", "b", "--label=c=x=y")
                        .image()
                        .config()
                        .labels())
                .containsOnly(Map.entry("a", "1"), Map.entry("b", ""), Map.entry("c", "x=y"));
    }

    @Test
    void someBuildArgumentsAreForTheBuilder() throws Exception {
        assertThat(step("--build-arg", "BUILDKIT_SANDBOX_HOSTNAME=box").meta().hostname())
                .isEqualTo("box");
        Path out = folder.resolve("one-of-many");
        slipway.build(
                request("--build-arg", "BUILDKIT_MULTI_PLATFORM=1", "--platform", "linux/arm64")
                        .dockerfileText("FROM scratch\nCOPY Dockerfile /\n")
                        .output(Output.localDirectory(out)),
                Progress.none());
        assertThat(out.resolve("linux_arm64/Dockerfile")).exists();
        assertThatThrownBy(() -> converted(
                        "--build-arg", "BUILDKIT_MULTI_PLATFORM=false", "--platform", "linux/arm64,linux/amd64"))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("returning multiple target platforms is not allowed");
        assertThatThrownBy(() -> converted("--build-arg", "BUILDKIT_DISABLE_FILEOP=true"))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("was removed in BuildKit 0.11");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --add-host | db:host-gateway    | write db:127.0.0.1
            --add-host | db                 | expected HOST:IP
            --add-host | db:somewhere       | failed to parse IP somewhere
            --ulimit   | files=1            | invalid ulimit type: files
            --shm-size | much               | invalid size: 'much'
            --network  | bridge             | known are default, none and host
            --resource | memory=0           | invalid memory value: 0; it has to be above 0
            --resource | cpuset-cpus=one    | write it like 0-3,5
            --resource | disk=1             | unknown resource 'disk'
            --device   | a/b=c,wanted       | expected NAME or NAME,required
            --label    | =x                 | expected NAME=VALUE
            --build-context | x             | expected NAME=VALUE
            """)
    void whatMakesNoSenseIsWrongUsage(String option, String value, String message) {
        assertThatThrownBy(() -> request(option, value))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(option + " " + value.substring(0, 1))
                .hasMessageContaining(message);
    }

    @Test
    void aDeviceThatIsRequiredFailsTheStep() {
        assertThatThrownBy(() -> slipway.build(request("--device", "v.com/c=d,required"), Progress.none()))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("required device \"v.com/c=d\" is not registered: no file in /etc/cdi, ");
    }

    @Test
    void stepsSeeWhatTheOptionsSay() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        Path out = folder.resolve("out");
        slipway.build(
                request(
                                "--build-context",
                                "alpine=oci-layout://" + ALPINE,
                                "--add-host=db:10.1.2.3",
                                "--shm-size=3m",
                                "--ulimit=nofile=123",
                                "--build-arg=BUILDKIT_SANDBOX_HOSTNAME=box")
                        .dockerfileText("""
                                FROM alpine AS run
                                RUN grep db /etc/hosts > /seen; df -k /dev/shm | tail -1 >> /seen; ulimit -n >> /seen; \\
                                    hostname >> /seen
                                FROM scratch
                                COPY --from=run /seen /
                                """)
                        .output(Output.localDirectory(out)),
                Progress.plain(System.out));
        assertThat(Files.readString(out.resolve("seen")))
                .contains("10.1.2.3", "db", " 3072 ")
                .endsWith("123\nbox\n");
    }
}
