package dev.slipway.local.sandbox.proot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.launch.OwnIds;
import dev.slipway.local.sandbox.FileOwners;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Processes of one user who only seem to be others, though this test may be run by root. */
class SeemingUserTest extends SandboxSetup {

    SeemingUserTest() {
        super("proot");
    }

    @Override
    @BeforeEach
    protected void setUp() throws IOException {
        super.setUp();
        sandbox = sandbox(Optional.empty());
    }

    private Sandbox sandbox(Optional<String> unsupervised) throws IOException {
        Path scratch = Files.createDirectories(folder.resolve("seeming"));
        Launcher launcher = Launcher.in(scratch);
        ProotProgram program = ProotProgram.find(launcher, scratch).program().orElseThrow();
        assertThat(SupervisionTrial.run(launcher, scratch)).isEmpty();
        return new ProotSandbox(
                launcher, program, RootRights.NONE, false, unsupervised, new Emulators(scratch, scratch));
    }

    @Test
    void filesAreGivenAway() throws Exception {
        step.shell(sandbox, """
                touch /f /g && ln -s f /l && mkdir /d
                chown 33:100 /f && chown -h 7:8 /l && chown -R 5 /d && chown :9 /g && chown 6 /g
                stat -c '%n %u:%g' /f /l /d /g
                """);

        assertThat(step.output).hasToString("/f 33:100\n/l 7:8\n/d 5:0\n/g 6:9\n");
        assertThat(owner("f")).isEqualTo("33:100");
        assertThat(owner("l")).isEqualTo("7:8");
        assertThat(owner("d")).isEqualTo("5:0");
        assertThat(owner("g")).isEqualTo("6:9");
    }

    /** The tracer takes this program's own number for that of the user whom the process seems to be. */
    @Test
    void thisProgramsOwnNumberIsAUserLikeOthers() throws Exception {
        OwnIds own = OwnIds.read();
        step.user = "33:100";
        step.shell(sandbox, "touch /f; stat -c %u:%g /f; chown " + own.uid() + " /f || echo refused");

        assertThat(step.output).hasToString("33:100\nrefused\n");

        step.user = own.uid() == 0 ? "0:5" : "";
        step.shell(sandbox, "touch /f /g; chown " + own.uid() + ":" + own.gid() + " /f; stat -c %u:%g /f /g");

        String given = own.uid() + ":" + own.gid();
        assertThat(step.output).hasToString(given + "\n" + (own.uid() == 0 ? "0:5\n" : "0:0\n"));
        assertThat(owner("f")).isEqualTo(given);
    }

    @Test
    void anOwnerStaysWithTheFileAndNotWithItsNameOrNumber() throws Exception {
        step.shell(sandbox, """
                touch /a /b && chown 33 /a && chown 7 /b && mv /a /moved && ln /moved /other && cp -p /b /copy
                for i in 1 2 3 4 5 6 7 8; do touch /n; chown 44 /n; rm /n; touch /n; done
                stat -c '%n %u' /moved /other /copy /n
                """);

        assertThat(step.output).hasToString("/moved 33\n/other 33\n/copy 7\n/n 0\n");
        assertThat(owner("other")).isEqualTo("33:0");
        assertThat(owner("copy")).isEqualTo("7:0");
        assertThat(owner("n")).isEqualTo("0:0");
    }

    @Test
    void aNameMayBeNoTextAndAFileMayHaveNone() throws Exception {
        step.shell(sandbox, """
                f=$(printf '/d \\377') && touch "$f" && chown 33 "$f" && stat -c %u "$f"
                exec 3> /gone && rm /gone && stat -L -c '%u %h' /proc/self/fd/3
                stat -L -c %u /proc/self/fd/1 && stat -c %u / /proc/self
                """);

        assertThat(step.output).hasToString("33\n0 0\n0\n0\n0\n");
    }

    @Test
    void whoeverGivesAProgramAwayTakesTheRightsOfItsOwnerFromIt() throws Exception {
        step.shell(sandbox, "touch /f && mkdir /d && chmod 6755 /f /d && chown 33 /f /d && stat -c %a /f /d");

        assertThat(step.output).hasToString("755\n6755\n");
    }

    @Test
    void whoIsNotRootGivesNothingAwayButToGroupsOfHis() throws Exception {
        step.user = "www-data";
        step.shell(sandbox, "touch /f; for to in 0 7 33 :100 :7; do chown $to /f || true; stat -c %u:%g /f; done");

        assertThat(step.output).hasToString("33:33\n33:33\n33:33\n33:100\n33:100\n");
        assertThat(step.errors.toString().lines()).hasSize(3).allMatch(line -> line.contains("not permitted"));
    }

    @Test
    void whatIsNotThereCannotBeGivenAway() throws Exception {
        step.shell(sandbox, "chown 33 /none || stat /none || true");

        assertThat(step.errors.toString().lines())
                .containsExactly(
                        "chown: /none: No such file or directory",
                        "stat: can't stat '/none': No such file or directory");
    }

    @Test
    void withoutASupervisorNothingIsGivenAway() throws Exception {
        sandbox = sandbox(Optional.of("the kernel says no"));
        step.shell(sandbox, "touch /f && chown 33:100 /f && stat -c %u:%g /f");

        assertThat(step.output).hasToString("0:0\n");
        assertThat(owner("f")).isEqualTo("0:0");
        assertThat(sandbox.description())
                .isEqualTo("proot (as one user: chown has no effect, because this failed: the kernel says no)");
        assertThat(sandbox.limitations())
                .contains("chown has no effect: new files belong to the user of the step, and all seem to be" + " his");
    }

    /** Neither threads nor descriptors of this program. */
    @Test
    void nothingIsLeftOfASupervisor() throws Exception {
        step.shell(sandbox, "true");
        long before = descriptors();
        for (int i = 0; i < 5; i++) {
            step.shell(sandbox, "chown 33 /tmp; sleep 100 &");
        }

        assertThat(descriptors()).isLessThanOrEqualTo(before);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("slipway-supervisor");
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    private String owner(String name) throws IOException {
        FileOwners.Owner owner = step.owners.given(step.upper().resolve(name), step.owners.ofNewFiles());
        return owner.uid() + ":" + owner.gid();
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
