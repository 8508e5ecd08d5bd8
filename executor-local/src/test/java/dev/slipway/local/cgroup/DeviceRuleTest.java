package dev.slipway.local.cgroup;

import static dev.slipway.local.launch.SystemCall.EXIT_GROUP;
import static dev.slipway.local.launch.SystemCall.MKNODAT;
import static dev.slipway.local.launch.SystemCall.OPENAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Errno;
import dev.slipway.local.launch.FailedCall;
import dev.slipway.local.launch.LaunchedProcess;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.launch.Linux;
import dev.slipway.oci.disk.Privileges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rule about devices, in both versions of control groups. */
class DeviceRuleTest {

    /** Nobody has such a device: whoever may open it is told so. */
    private static final int NOBODYS = 4000;

    private static final int NO_SUCH_DEVICE = 6;

    @TempDir
    private Path folder;

    @Test
    void theProgramAsksForTypeAndNumbers() {
        DeviceRule rule =
                new DeviceRule(List.of(new DeviceRule.Allowed('c', 1, 3), new DeviceRule.Allowed('b', 8, -1)));
        String[] instructions = {
            "6112000000000000", // r2 = type and access
            "bf23000000000000", // r3 = r2
            "57020000ffff0000", // r2 &= 0xffff
            "7703000010000000", // r3 >>= 16
            "6114040000000000", // r4 = major
            "6115080000000000", // r5 = minor
            "5503020001000000", // if access is not to make one, go on
            "b700000001000000", // r0 = 1
            "9500000000000000", // exit
            "5502040002000000", // if it is no character device, go on
            "5504030001000000", // if the major number is not 1
            "5505020003000000", // if the minor number is not 3
            "b700000001000000",
            "9500000000000000",
            "5502030001000000", // if it is no block device, go on
            "5504020008000000", // if the major number is not 8
            "b700000001000000",
            "9500000000000000",
            "b700000000000000", // r0 = 0
            "9500000000000000"
        };

        assertThat(HexFormat.of().formatHex(DeviceProgram.of(rule))).isEqualTo(String.join("", instructions));
    }

    @Test
    void theLinesDenyAllBeforeTheyAllow() {
        DeviceRule rule = DeviceRule.allowing(List.of(new DeviceRule.Allowed('b', 7, 0)));

        assertThat(rule.separate())
                .extracting(setting -> setting.file() + " " + setting.value())
                .startsWith("devices.deny a", "devices.allow c *:* m", "devices.allow b *:* m")
                .contains("devices.allow c 1:3 rwm", "devices.allow c 136:* rwm")
                .endsWith("devices.allow b 7:0 rwm");
    }

    @Test
    @Tag("end-to-end")
    @Timeout(600)
    void groupsOfVersion1HoldIt() throws Exception {
        holds(hierarchy(false));
    }

    @Test
    @Tag("end-to-end")
    @Timeout(600)
    void groupsOfVersion2HoldIt() throws Exception {
        holds(hierarchy(true));
    }

    private Hierarchy hierarchy(boolean unified) throws IOException {
        assumeTrue(
                Files.exists(Path.of("/proc/self/cgroup"))
                        && Privileges.in(folder).devices(),
                "needs root");
        Optional<Hierarchy> found = Hierarchy.all().stream()
                .filter(each -> unified ? each.unified() : each.controllers().contains(Hierarchy.DEVICES))
                .findFirst();
        assumeTrue(found.isPresent(), "there are no such control groups here");
        return found.get();
    }

    private void holds(Hierarchy hierarchy) throws Exception {
        DeviceRule rule = DeviceRule.allowing(List.of(new DeviceRule.Allowed('b', NOBODYS, 2)));
        GroupFolder group = new GroupFolder(
                hierarchy,
                hierarchy
                        .ownFolder()
                        .resolve("slipway/" + ProcessHandle.current().pid() + "-0"));
        try {
            group.make(List.of());
        } catch (IOException e) {
            assumeTrue(false, e.getMessage());
        }
        try {
            if (!hierarchy.unified()) {
                group.restrict(rule);
            }
            Entrance entrance = new Entrance(group.path(), Optional.of(rule).filter(any -> hierarchy.unified()));

            assertThat(errorOfOpening(entrance, Linux.S_IFCHR, 1, 3)).isZero();
            assertThat(errorOfOpening(entrance, Linux.S_IFCHR, 1, 1)).isEqualTo(Errno.EPERM.number());
            assertThat(errorOfOpening(entrance, Linux.S_IFBLK, 1, 3)).isEqualTo(Errno.EPERM.number());
            assertThat(errorOfOpening(entrance, Linux.S_IFBLK, NOBODYS, 0)).isEqualTo(Errno.EPERM.number());
            assertThat(errorOfOpening(entrance, Linux.S_IFBLK, NOBODYS, 2)).isEqualTo(NO_SUCH_DEVICE);
        } finally {
            assertThat(group.remove()).isTrue();
        }
    }

    /** Makes a device in the group and opens it. */
    private int errorOfOpening(Entrance entrance, long type, int major, int minor) throws Exception {
        Launcher launcher = Launcher.in(folder);
        ChildProgram program = launcher.program();
        entrance.enter(program);
        long device = program.text(Files.createTempDirectory(folder, "of").resolve("device"));
        int here = ChildProgram.WORKING_FOLDER;
        program.call("make", MKNODAT, here, device, type | 0666, Linux.device(major, minor));
        int made = program.length();
        program.open("open", OPENAT, here, device, Linux.O_RDONLY, 0);
        program.call("end", EXIT_GROUP, 0);
        LaunchedProcess process = launcher.start(program);
        Optional<FailedCall> failed = process.failure(process.errors().readAllBytes());
        process.waitFor();
        failed.ifPresent(call -> assertThat(call.position()).as(call.message()).isEqualTo(made));
        return failed.map(FailedCall::error).orElse(0);
    }
}
