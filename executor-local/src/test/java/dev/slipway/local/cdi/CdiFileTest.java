package dev.slipway.local.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CdiFileTest {

    @TempDir
    private Path folder;

    private List<CdiDevice> read(String text) throws Exception {
        return CdiFile.read(Files.writeString(folder.resolve("vendor.yaml"), text));
    }

    /** A description of one device in YAML of one line. */
    private static String device(String edits) {
        return "{cdiVersion: 0.6.0, kind: vendor.com/gpu, devices: [{name: '0', containerEdits: {" + edits + "}}]}";
    }

    private void assertWrong(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(CdiException.class).hasMessageContaining(message);
    }

    @Test
    void aDeviceIsReadWithAllThatItBrings() throws Exception {
        CdiDevice device = read("""
                cdiVersion: "0.6.0"
                kind: vendor.com/gpu
                annotations: {a: file, b: file}
                containerEdits:
                  env: [COMMON=1]
                devices:
                - name: gpu-0
                  annotations: {b: device}
                  containerEdits:
                    env: [ONE=a=b]
                    deviceNodes:
                    - {path: /dev/x, hostPath: /dev/null, type: u, major: 1, minor: 3, fileMode: 0640, uid: 5, gid: 6}
                    mounts:
                    - {hostPath: /lib, containerPath: /vendor, options: [ro, nosuid]}
                    hooks:
                    - {hookName: createContainer, path: /bin/hook, args: [hook, x], env: [H=1], timeout: 9}
                    additionalGids: [44]
                """).get(0);

        assertThat(device.qualifiedName()).isEqualTo("vendor.com/gpu=gpu-0");
        assertThat(device.annotations()).containsExactlyInAnyOrderEntriesOf(Map.of("a", "file", "b", "device"));
        assertThat(device.common().environment()).containsExactly("COMMON=1");
        assertThat(device.own())
                .isEqualTo(new Edits(
                        List.of("ONE=a=b"),
                        List.of(new Edits.Node(
                                "/dev/x",
                                "/dev/null",
                                "c",
                                Optional.of(1),
                                Optional.of(3),
                                Optional.of(0640),
                                Optional.of(5),
                                Optional.of(6))),
                        List.of(new Edits.Mount("/lib", "/vendor", "", List.of("ro", "nosuid"))),
                        List.of(new ContainerEdits.Hook(
                                "createContainer", "/bin/hook", List.of("hook", "x"), List.of("H=1"), Optional.of(9))),
                        List.of(44)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.3.0", "0.5.0", "0.8.0", "1.0.0", "v1.1.0"})
    void aVersionOfTheSpecificationThatIsKnownIsRead(String version) throws Exception {
        assertThat(read("{\"cdiVersion\": \"" + version + "\", \"kind\": \"v/c\", \"devices\": [{\"name\": \"0\"}]}"))
                .extracting(CdiDevice::qualifiedName)
                .containsExactly("v/c=0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.2.0", "2.0.0", "1.0", "new"})
    void anyOtherVersionIsRefused(String version) {
        assertWrong(
                "{\"cdiVersion\": \"" + version + "\", \"kind\": \"v/c\"}",
                "cdiVersion " + version + " is not known; known are 0.3.0 to 1.x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vendor", "/gpu", "vendor/", "1vendor/gpu", "vendor/gpu_", "a/b/c"})
    void aKindHasAVendorAndAClass(String kind) {
        assertWrong("{cdiVersion: 0.6.0, kind: '" + kind + "'}", "kind " + kind + " is not of the form VENDOR/CLASS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "-a", "a=", "*"})
    void aNameThatCannotBeAskedForIsRefused(String name) {
        assertWrong(
                "{cdiVersion: 0.6.0, kind: v/c, devices: [{name: ok}, {name: '" + name + "'}]}",
                "devices[1].name " + name + " is not a device name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                '[]'                                  | it is not an object
                '{kind: v/c}'                         | cdiVersion is missing
                '{cdiVersion: 0.6.0}'                 | kind is missing
                '{cdiVersion: 0.6.0, kind: [v]}'      | kind is not a string
                '{cdiVersion: 0.6.0, kind: v/c, x: 1}' | it has the field x, which is not known here
                '{cdiVersion: 0.6.0, kind: v/c, devices: 1}' | devices is not a list
                '{cdiVersion: 0.6.0, kind: v/c, devices: [1]}' | devices[0] is not an object
                '{'                                   | it is neither YAML nor JSON
                """)
    void whatIsNoDescriptionIsRefusedWithThePlace(String text, String message) {
        assertWrong(text, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                'env: [A]'                                     | .env: A is not of the form NAME=value
                'env: [=a]'                                    | .env: =a is not of the form NAME=value
                'env: [1]'                                     | .env is not a list of strings
                'netDevices: []'                               | asks for netDevices, which steps cannot be given
                'intelRdt: {}'                                 | asks for intelRdt, which steps cannot be given
                'new: {}'                                      | has the field new, which is not known here
                'deviceNodes: [{type: c}]'                     | .deviceNodes[0].path is missing
                'deviceNodes: [{path: /dev/x, type: d}]'       | .deviceNodes[0].type is d; there are b, c, u and p
                'deviceNodes: [{path: /dev/x, major: -1}]'     | .deviceNodes[0].major is not a number
                'deviceNodes: [{path: /dev/x, permissions: rx}]' | .permissions are other than r, w and m
                'mounts: [{hostPath: /a}]'                     | .mounts[0].containerPath is missing
                'mounts: [{hostPath: /a, containerPath: /b, type: tmpfs}]' | steps can only be given bind mounts
                'mounts: [{hostPath: /a, containerPath: /b, options: [sync]}]' | has the option sync, which is not known
                'hooks: [{hookName: later, path: /x}]'         | .hooks[0].hookName is later, which is not a hook
                'hooks: [{hookName: prestart}]'                | .hooks[0].path is missing
                'additionalGids: [a]'                          | .additionalGids is not a number
                """)
    void editsThatCannotBeMadeAreRefusedWithThePlace(String edits, String message) {
        assertWrong(device(edits), message);
        assertWrong(device(edits), "devices[0].containerEdits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0640", "0o640", "416", "'0640'"})
    void aModeIsOctalAsOfOldOrAsOfNowOrDecimal(String mode) throws Exception {
        String edits = "deviceNodes: [{path: /dev/null, fileMode: " + mode + "}]";
        assertThat(read(device(edits)).get(0).own().nodes().get(0).mode()).contains(0640);
    }

    @Test
    void aFileThatIsTooLargeOrUnreadableIsRefused() throws IOException {
        assertWrong(" ".repeat((4 << 20) + 1), "it is larger than 4194304 bytes");
        assertThatThrownBy(() -> CdiFile.read(folder.resolve("nothing")))
                .isInstanceOf(CdiException.class)
                .hasMessageContaining("it cannot be read");
    }

    @Test
    void aFewLinesThatStandForBillionsAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9) + "]\n");
        }
        assertWrong(bomb.toString(), "it is neither YAML nor JSON");
    }
}
