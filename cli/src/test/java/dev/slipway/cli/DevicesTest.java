package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.llb.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps have the devices that they ask for by their Container Device Interface names. */
@Tag("end-to-end")
@Timeout(600)
class DevicesTest {

    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images",
                    Path.of(System.getProperty("slipway.root", ".."), "target/images")
                            .toString()))
            .resolve("alpine");

    private static final String LABS = "# syntax=docker/dockerfile:1-labs\nFROM alpine AS run\n";

    @TempDir
    private Path folder;

    private Path specs;

    @BeforeEach
    void describeDevices() throws IOException {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        specs = Files.createDirectory(folder.resolve("cdi"));
        Files.writeString(folder.resolve("library"), "of the vendor\n");
        Files.writeString(specs.resolve("vendor.yaml"), """
                cdiVersion: "0.6.0"
                kind: vendor.com/null
                annotations:
                  org.mobyproject.buildkit.device.class: nothing
                containerEdits:
                  env:
                  - COMMON=of all
                devices:
                - name: one
                  containerEdits:
                    env:
                    - ONE=first
                    deviceNodes:
                    - path: /dev/vendor/zero
                      hostPath: /dev/zero
                      fileMode: 0640
                    mounts:
                    - hostPath: FOLDER/library
                      containerPath: /usr/lib/vendor/library
                      options: [ro, nosuid, bind]
                    additionalGids: [44]
                - name: two
                  annotations:
                    org.mobyproject.buildkit.device.autoallow: "true"
                  containerEdits:
                    env:
                    - TWO=second
                """.replace("FOLDER", folder.toString()));
        Files.writeString(specs.resolve("other.json"), """
                {"cdiVersion": "0.5.0", "kind": "other.org/fifo", "devices": [
                  {"name": "0", "containerEdits": {"deviceNodes": [
                    {"path": "/dev/named", "type": "c", "major": 1, "minor": 5, "fileMode": 438}]}},
                  {"name": "hooked", "containerEdits": {"hooks": [
                    {"hookName": "createRuntime", "path": "/bin/sh",
                     "args": ["sh", "-c", "cat > FOLDER/state"]}]}},
                  {"name": "gone", "containerEdits": {"deviceNodes": [{"path": "/dev/no-such-device"}]}}]}
                """.replace("FOLDER", folder.toString()));
    }

    private List<String> build(String sandbox, BuildRequest request) throws InterruptedException {
        Map<String, String> options = Map.of("sandbox", sandbox, "cdi.spec-dirs", specs.toString());
        List<String> warnings = new ArrayList<>();
        try (Slipway slipway = Slipway.open(folder.resolve("home"), options)) {
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
        String dockerfile = LABS + run + "\nFROM scratch\nCOPY --from=run /seen* /\n";
        return BuildRequest.of(context)
                .dockerfileText(dockerfile)
                .buildContext("alpine", "oci-layout://" + ALPINE)
                .output(Output.localDirectory(folder.resolve("out")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "crun", "runc"})
    void aStepHasTheFilesVariablesAndGroupsOfItsDevices(String sandbox) throws Exception {
        List<String> warnings =
                build(sandbox, request("""
                        RUN --device=vendor.com/null=one,required --device=other.org/fifo \\
                            { echo $COMMON $ONE $TWO; stat -c '%F %a %t,%T' /dev/vendor/zero; head -c 3 /dev/vendor/zero | od -An -tx1; \\
                            stat -c '%F %a %t,%T' /dev/named; cat /usr/lib/vendor/library; id -G; \\
                            touch /usr/lib/vendor/library 2> /dev/null || echo read-only; } > /seen
                        RUN test ! -e /dev/vendor && test ! -e /usr/lib/vendor && test -z "$ONE" && echo gone > /seen-later
                        """).allow("device=vendor.com/null=one", "device=other.org/fifo=0"));

        assertThat(warnings).isEmpty();
        assertThat(folder.resolve("out/seen"))
                .content()
                .startsWith("of all first\ncharacter special file 640 1,5\n 00 00 00\ncharacter special file 666 1,5\n"
                        + "of the vendor\n")
                .endsWith(" 44\nread-only\n");
        assertThat(folder.resolve("out/seen-later")).hasContent("gone\n");
    }

    @ParameterizedTest
    @CsvSource({"vendor.com/null=*,first second", "nothing,first second", "vendor.com/null=two,second"})
    void aNameMayStandForSeveralDevices(String name, String seen) throws Exception {
        build(
                "built-in",
                request("RUN --device=" + name + " echo $ONE $TWO > /seen").allow("device"));

        assertThat(folder.resolve("out/seen")).hasContent(seen + "\n");
    }

    @Test
    void aDeviceMayHaveAnotherNameInTheDockerfile() throws Exception {
        build(
                "built-in",
                request("RUN --device=mine,required echo $ONE > /seen").allow("device=vendor.com/null=one,alias=mine"));

        assertThat(folder.resolve("out/seen")).hasContent("first\n");
    }

    @Test
    void aDeviceThatIsNotRequiredMayBeMissing() throws Exception {
        Files.writeString(specs.resolve("broken.yaml"), "kind: [");
        List<String> warnings = build("built-in", request("RUN --device=vendor.com/none echo ran > /seen"));

        assertThat(folder.resolve("out/seen")).hasContent("ran\n");
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0))
                .startsWith("optional device \"vendor.com/none\" is not registered: no file in " + specs
                        + " describes it (" + specs.resolve("broken.yaml") + ": it is neither YAML nor JSON: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            vendor.com/none,required   |              | required device "vendor.com/none" is not registered: no file in SPECS describes it; install the vendor's container support, or make the device optional
            vendor.com/null=one        |              | device vendor.com/null=one is requested by the build but not allowed; allow the build device=vendor.com/null=one, or device for all
            vendor.com/null=*          | device=other | device vendor.com/null=one is requested by the build but not allowed; allow the build device=vendor.com/null=one, or device for all
            other.org/fifo=gone        | device       | device other.org/fifo=gone cannot be given to a step: there is no device /dev/no-such-device on this machine; check SPECS/other.json
            other.org/fifo=hooked      | device       | process "/bin/sh -c true" could not be started: its device needs the hook /bin/sh, which this sandbox does not run; choose the sandbox crun or runc
            """)
    void whatCannotBeGivenIsSaid(String device, String allowed, String message) throws Exception {
        BuildRequest request = request("RUN --device=" + device + " true");
        BuildRequest allowing = allowed == null ? request : request.allow(allowed);

        assertThatThrownBy(() -> build("built-in", allowing))
                .isInstanceOf(BuildException.class)
                .hasMessage("for " + Platform.host().format() + ": " + message.replace("SPECS", specs.toString()));
    }

    @Test
    void throughProotThereAreNoDevices() throws Exception {
        BuildRequest request = request("RUN --device=vendor.com/null=one true").allow("device");

        assertThatThrownBy(() -> build("proot", request))
                .isInstanceOf(BuildException.class)
                .hasMessage("for " + Platform.host().format()
                        + ": process \"/bin/sh -c true\" could not be started: this sandbox gives steps no devices; run"
                        + " the build where another one can be used");
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void runtimesRunTheHooksOfADevice(String sandbox) throws Exception {
        build(
                sandbox,
                request("RUN --device=other.org/fifo=hooked echo ran > /seen").allow("device"));

        assertThat(folder.resolve("out/seen")).hasContent("ran\n");
        assertThat(folder.resolve("state")).content().contains("\"bundle\"");
    }

    @Test
    void anOrdinaryUserHasThoseThatHeMayUse() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        OrdinaryUser user = OrdinaryUser.withOthers(folder);
        OrdinaryUser.copy(ALPINE, user.folder().resolve("alpine"));
        Path context = Files.createDirectory(user.folder().resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), LABS + """
                RUN --device=vendor.com/null=one head -c 3 /dev/vendor/zero | od -An -tx1 > /seen; cat /usr/lib/vendor/library >> /seen
                FROM scratch
                COPY --from=run /seen /
                """);
        user.run(
                List.of("env", "SLIPWAY_CDI_SPEC_DIRS=" + specs),
                "build",
                "--allow",
                "device",
                "--build-context",
                "alpine=oci-layout://" + user.folder().resolve("alpine"),
                "--output",
                "out",
                context.toString());

        assertThat(user.folder().resolve("out/seen")).hasContent(" 00 00 00\nof the vendor\n");
    }
}
