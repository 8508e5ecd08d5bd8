package dev.slipway.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.launch.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Processes of one user who only seem to be others, though this test may be run by root. */
class SeemingUserTest extends SandboxSetup {

    SeemingUserTest() {
        super("proot");
    }

    @Override
    @BeforeEach
    void setUp() throws IOException {
        super.setUp();
        Path scratch = Files.createDirectory(folder.resolve("seeming"));
        Launcher launcher = Launcher.in(scratch);
        ProotProgram program = ProotProgram.find(launcher, scratch).program().orElseThrow();
        sandbox = new ProotSandbox(launcher, program, RootRights.NONE, new Emulators(scratch, scratch));
    }

    @Test
    void filesAreGivenAwayToNoEffect() throws Exception {
        step.shell(sandbox, "touch /f && chown 33:100 /f && stat -c %u:%g /f");

        assertThat(step.output).hasToString("0:0\n");
    }

    @Test
    void rightsAreThoseOfAContainer() throws Exception {
        step.shell(sandbox, "grep -E 'Cap(Inh|Prm|Eff|Amb)|NoNewPrivs' /proc/self/status");

        assertThat(step.output).hasToString("""
                        CapInh:\t0000000000000000
                        CapPrm:\t0000000000000000
                        CapEff:\t0000000000000000
                        CapAmb:\t0000000000000000
                        NoNewPrivs:\t1
                        """);
    }

    @Test
    void onlyHarmlessDevicesCanBeMade() throws Exception {
        step.shell(
                sandbox,
                "mknod /disk b 8 0; mknod /null c 1 3; mknod /pipe p && stat -c %F /pipe; ls /disk /null; true");

        assertThat(step.output).hasToString("fifo\n");
        assertThat(step.errors.toString()).contains("mknod: /disk: Operation not supported");
    }

    @Test
    void userAndGroupsComeFromTheImage() throws Exception {
        step.user = "www-data";
        step.shell(sandbox, "id; echo $HOME");

        assertThat(step.output.toString().lines().toList())
                .containsExactly("uid=33(www-data) gid=33(www-data)", "/var/www");
    }

    @Test
    void anotherUserHasNoRights() throws Exception {
        step.user = "33:100";
        step.shell(sandbox, "id; touch /etc/x; stat -c %u:%g /etc/x /etc/passwd");

        assertThat(step.output.toString().lines())
                .containsExactly("uid=33(www-data) gid=100(users)", "33:100", "33:100");
    }

    /** Root, even without rights, may write where the kernel asks for no more than root. */
    @Test
    void nothingOfTheMachineCanBeMountedOrChanged() throws Exception {
        step.shell(sandbox, """
                mount -t tmpfs none /tmp && echo mounted
                mknod /tmp/disk b 8 0 && dd if=/tmp/disk of=/tmp/x count=1 && echo read
                true
                """);

        assertThat(step.output.toString().lines()).doesNotContain("mounted", "read");
    }
}
