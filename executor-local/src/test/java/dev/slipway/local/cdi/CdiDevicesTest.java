package dev.slipway.local.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.ProcessMeta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CdiDevicesTest {

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private Path usual;
    private Path ours;

    @BeforeEach
    void makeFolders() throws IOException {
        usual = Files.createDirectory(folder.resolve("usual"));
        ours = Files.createDirectory(folder.resolve("ours"));
    }

    /** Describes devices of a kind, each with a variable that says which it is, after one that all bring. */
    private static void describe(Path file, String kind, String... names) throws IOException {
        StringBuilder text = new StringBuilder("{cdiVersion: 0.6.0, kind: " + kind + ", containerEdits: {env: [ALL="
                + file.getFileName() + "]}, devices: [");
        for (String name : names) {
            text.append("{name: '" + name + "', containerEdits: {env: [DEVICE=" + name + "]}},");
        }
        Files.writeString(file, text + "]}");
    }

    private ContainerEdits edits(Set<String> entitlements, boolean optional, String... names) {
        List<ExecOp.CdiDevice> devices = Stream.of(names)
                .map(name -> new ExecOp.CdiDevice(name, optional))
                .toList();
        ProcessMeta meta = new ProcessMeta(
                List.of("true"), List.of(), "/", "", Optional.empty(), List.of(), "", List.of(), "", true, List.of());
        ExecOp op = new ExecOp(meta, List.of(), NetworkMode.UNSET, SecurityMode.SANDBOX, List.of(), devices);
        BuildSession session = new BuildSession(
                new TreeMap<>(),
                new TreeMap<>(),
                BuildSession.EMPTY.secrets(),
                new TreeMap<>(),
                entitlements,
                new TreeMap<>(),
                Optional.empty());
        return CdiDevices.edits(op, List.of(usual, folder.resolve("missing"), ours), session, new StepMonitor() {
            @Override
            public void warn(String message) {
                warnings.add(message);
            }
        });
    }

    private List<String> given(String... names) {
        return edits(Set.of("device"), false, names).environment();
    }

    @Test
    void aNameMeansOneDeviceTheFirstOfItsKindOrAll() throws Exception {
        describe(usual.resolve("a.yaml"), "v.com/gpu", "1", "0");
        assertThat(given("v.com/gpu=1")).containsExactly("ALL=a.yaml", "DEVICE=1");
        assertThat(given("v.com/gpu")).containsExactly("ALL=a.yaml", "DEVICE=0");
        assertThat(given("v.com/gpu=*")).containsExactly("ALL=a.yaml", "DEVICE=0", "DEVICE=1");
    }

    @Test
    void editsOfSeveralDevicesAreMergedInTheOrderInWhichTheyAreAskedFor() throws Exception {
        describe(usual.resolve("a.yaml"), "v.com/gpu", "0", "1");
        describe(usual.resolve("b.json"), "v.com/net", "2");
        assertThat(given("v.com/gpu=1", "v.com/net=2", "v.com/gpu=0", "v.com/gpu=1"))
                .as("what a file brings comes once, and so does a device")
                .containsExactly("ALL=a.yaml", "DEVICE=1", "ALL=b.json", "DEVICE=2", "DEVICE=0");
    }

    @Test
    void aLaterFolderCountsMore() throws Exception {
        describe(usual.resolve("a.yaml"), "v.com/gpu", "0", "1");
        describe(ours.resolve("z.yml"), "v.com/gpu", "0");
        assertThat(given("v.com/gpu=0")).containsExactly("ALL=z.yml", "DEVICE=0");
        assertThat(given("v.com/gpu=1")).containsExactly("ALL=a.yaml", "DEVICE=1");
    }

    @Test
    void aClassIsANameOfAllDevicesThatSaySo() throws Exception {
        Files.writeString(usual.resolve("a.yaml"), """
                cdiVersion: 0.6.0
                kind: v.com/gpu
                devices:
                - name: a
                  annotations: {org.mobyproject.buildkit.device.class: fast}
                  containerEdits: {env: [A=1]}
                - name: b
                  containerEdits: {env: [B=1]}
                """);
        assertThat(given("fast")).containsExactly("A=1");
    }

    @Test
    void whatMayNotBeHadIsRefusedWithTheWayToAllowIt() throws Exception {
        describe(usual.resolve("a.yaml"), "v.com/gpu", "0", "1");
        assertThatThrownBy(() -> edits(Set.of(), false, "v.com/gpu=0"))
                .isInstanceOf(ExecutorException.class)
                .hasMessage("device v.com/gpu=0 is requested by the build but not allowed; allow the build"
                        + " device=v.com/gpu=0, or device for all");
        assertThatThrownBy(() -> edits(Set.of("device=v.com/gpu=1"), false, "v.com/gpu=*"))
                .hasMessageStartingWith("device v.com/gpu=0 is requested");
        assertThat(edits(Set.of("device=v.com/gpu"), false, "v.com/gpu=0").environment())
                .contains("DEVICE=0");
    }

    @Test
    void anAliasIsAnotherNameOfWhatIsAllowed() throws Exception {
        describe(usual.resolve("a.yaml"), "v.com/gpu", "0");
        assertThat(edits(Set.of("device=v.com/gpu=0,alias=mine"), false, "mine").environment())
                .contains("DEVICE=0");
    }

    @Test
    void aDeviceThatItsDescriptionGivesToEveryBuildNeedsNoLeave() throws Exception {
        Files.writeString(usual.resolve("a.yaml"), """
                cdiVersion: 0.6.0
                kind: v.com/gpu
                annotations: {org.mobyproject.buildkit.device.autoallow: true}
                devices:
                - name: a
                  containerEdits: {env: [A=1]}
                """);
        assertThat(edits(Set.of(), false, "v.com/gpu=a").environment()).containsExactly("A=1");
    }

    @Test
    void aDeviceThatIsMissingIsAnErrorWithTheBadFilesByName() throws Exception {
        Files.writeString(usual.resolve("bad.json"), "{");
        Files.writeString(usual.resolve("notes.txt"), "{");
        assertThatThrownBy(() -> given("v.com/gpu=0"))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("required device \"v.com/gpu=0\" is not registered: no file in " + usual)
                .hasMessageContaining("(" + usual.resolve("bad.json") + ": it is neither YAML nor JSON")
                .hasMessageNotContaining("notes.txt");
    }

    @Test
    void aDeviceThatNeedNotBeThereIsOnlyToldOf() {
        assertThat(edits(Set.of(), true, "v.com/gpu=0").isEmpty()).isTrue();
        assertThat(warnings).singleElement().asString().startsWith("optional device \"v.com/gpu=0\" is not registered");
    }

    @Test
    void aBadFileDoesNotHideTheOthers() throws Exception {
        Files.writeString(usual.resolve("a.json"), "{");
        describe(usual.resolve("b.yaml"), "v.com/gpu", "0");
        assertThat(given("v.com/gpu=0")).contains("DEVICE=0");
    }

    @Test
    void ofTwoDescriptionsInOneFolderNoneIsBelieved() throws Exception {
        describe(usual.resolve("a.yaml"), "v.com/gpu", "0", "1");
        describe(usual.resolve("b.yaml"), "v.com/gpu", "0");
        assertThatThrownBy(() -> given("v.com/gpu=0"))
                .hasMessageContaining("v.com/gpu=0 is described in " + usual.resolve("a.yaml") + " and in "
                        + usual.resolve("b.yaml"));
        assertThat(given("v.com/gpu=1")).contains("DEVICE=1");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatADescriptionLeavesOpenThisMachineSays() throws Exception {
        Files.writeString(usual.resolve("a.yaml"), """
                cdiVersion: 0.6.0
                kind: v.com/gpu
                devices:
                - name: zero
                  containerEdits: {deviceNodes: [{path: /dev/vendor/x, hostPath: /dev/zero, fileMode: 0600}]}
                - name: told
                  containerEdits: {deviceNodes: [{path: /dev/told, type: b, major: 7, minor: 9}]}
                - name: gone
                  containerEdits: {deviceNodes: [{path: /dev/no-such-device}]}
                - name: other
                  containerEdits: {deviceNodes: [{path: /dev/zero, type: b}]}
                - name: outside
                  containerEdits: {deviceNodes: [{path: /etc/zero, hostPath: /dev/zero}]}
                - name: up
                  containerEdits: {deviceNodes: [{path: /dev/../etc/zero, hostPath: /dev/zero}]}
                - name: unmounted
                  containerEdits: {mounts: [{hostPath: /no/such/folder, containerPath: /x}]}
                """);
        ContainerEdits.DeviceNode zero =
                edits(Set.of("device"), false, "v.com/gpu=zero").nodes().get(0);
        assertThat(List.of(zero.name(), zero.type(), zero.major(), zero.minor(), zero.mode()))
                .containsExactly("vendor/x", "c", 1, 5, 0600);
        ContainerEdits.DeviceNode told =
                edits(Set.of("device"), false, "v.com/gpu=told").nodes().get(0);
        assertThat(List.of(told.name(), told.type(), told.major(), told.minor(), told.mode()))
                .containsExactly("told", "b", 7, 9, 0666);
        Map<String, String> wrong = Map.of(
                "gone", "there is no device /dev/no-such-device on this machine",
                "other", "/dev/zero is of the type c and not b",
                "outside", "its device file /etc/zero is not below /dev",
                "up", "its device file /dev/../etc/zero is not below /dev",
                "unmounted", "there is no /no/such/folder on this machine to mount");
        wrong.forEach((name, message) -> assertThatThrownBy(() -> given("v.com/gpu=" + name))
                .isInstanceOf(ExecutorException.class)
                .hasMessage("device v.com/gpu=" + name + " cannot be given to a step: " + message + "; check "
                        + usual.resolve("a.yaml")));
    }
}
