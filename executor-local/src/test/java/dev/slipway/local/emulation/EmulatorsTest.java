package dev.slipway.local.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.llb.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatorsTest {

    private static final String S390X = """
            enabled
            interpreter /usr/bin/qemu-s390x
            flags: %s
            offset 0
            magic 7f454c4602020100000000000000000000020016
            mask ffffffffffffff00fffffffffffffffffffeffff
            """;

    @TempDir
    Path folder;

    private Path handlers;
    private Emulators emulators;

    @BeforeEach
    void setUp() throws IOException {
        handlers = Files.createDirectory(folder.resolve("handlers"));
        // With it all is known, as on a machine where nothing is registered: what is registered on this one makes no
        // difference.
        Files.writeString(handlers.resolve("status"), "enabled\n");
        emulators = new Emulators(new EmulatorSearch(folder, folder, handlers, List.of()));
    }

    @Test
    void theMachinesOwnPlatformIsNativeAndFirst() {
        assertThat(emulators.platforms().get(0)).isEqualTo(PlatformSupport.ofNative(Platform.host()));
        assertThat(emulators.require(Platform.host()).support().isNative()).isTrue();
    }

    @Test
    void withoutAHandlerThePlatformIsNamedAndWhatToDo() {
        assertRefused("linux/s390x")
                .hasMessage("linux/s390x cannot run here: no emulator is registered for it with binfmt_misc;"
                        + " install one: slipway emulators install all --from tonistiigi/binfmt, or a package such as"
                        + " qemu-user-static");
    }

    @Test
    void aHandlerThatIsNotFixedIsNoHelp() throws IOException {
        Files.writeString(handlers.resolve("qemu-s390x"), S390X.formatted("OC"));

        assertRefused("linux/s390x")
                .hasMessage(
                        "linux/s390x cannot run here: the handler qemu-s390x of binfmt_misc is registered without the"
                                + " flag F (fix binary)");
    }

    @Test
    void aDisabledHandlerIsNoHelp() throws IOException {
        Files.writeString(handlers.resolve("qemu-s390x"), S390X.formatted("F").replace("enabled", "disabled"));

        assertRefused("linux/s390x")
                .hasMessage("linux/s390x cannot run here: the handler qemu-s390x of binfmt_misc is disabled");
    }

    @Test
    void anotherSystemIsRefused() {
        assertRefused("windows/amd64").hasMessage("windows/amd64 cannot run here: only linux can");
    }

    @Test
    @Tag("end-to-end")
    void aHandlerThatWorksIsNamed() {
        Emulators real = new Emulators(folder, folder);
        Platform foreign =
                Platform.parse(Platform.host().architecture().equals("arm64") ? "linux/riscv64" : "linux/arm64");
        assumeTrue(
                BinfmtHandler.parse(BinfmtHandler.readTexts(BinfmtHandler.FOLDER)).stream()
                        .anyMatch(handler -> handler.isFixed()
                                && handler.matches(
                                        ProbeProgram.of(foreign).orElseThrow().file())),
                "needs a handler for " + foreign.format());

        assertThat(real.require(foreign).support().emulator())
                .hasValueSatisfying(name -> assertThat(name).startsWith("qemu-"));
    }

    @Test
    @Tag("end-to-end")
    void anEmulatorThatIsNotRegisteredIsRegisteredPrivately() {
        Emulators unregistered = new Emulators(new EmulatorSearch(folder, folder, handlers, QemuBinary.searchPath()));
        assumeTrue(QemuBinary.find("s390x", QemuBinary.searchPath()).isPresent(), "needs qemu-user-static");

        Emulation emulation = unregistered.require(Platform.parse("linux/s390x"));

        assertThat(emulation.support().emulator()).contains("qemu-s390x");
        assertThat(emulation.privateHandler()).isPresent();
    }

    @Test
    @Tag("end-to-end")
    void aPrivateEmulatorIsListedWithItsFile() {
        Emulators unregistered = new Emulators(new EmulatorSearch(folder, folder, handlers, QemuBinary.searchPath()));
        Optional<QemuBinary> emulator = QemuBinary.find("s390x", QemuBinary.searchPath());
        assumeTrue(emulator.isPresent(), "needs qemu-user-static");

        assertThat(unregistered.statuses())
                .contains(new EmulatorStatus(
                        Platform.parse("linux/s390x"),
                        EmulatorStatus.Way.PRIVATE,
                        Optional.of("qemu-s390x"),
                        Optional.of(emulator.get().file()),
                        Optional.empty()));
    }

    @Test
    void anEmulatorOfOurOwnGoesBeforeThoseOfTheMachine() throws IOException {
        Path machine = Files.createDirectory(folder.resolve("machine"));
        Path own = Files.createDirectory(folder.resolve("own"));
        byte[] program = ProbeProgram.of(Platform.host()).orElseThrow().file();
        for (Path file : List.of(machine.resolve("qemu-s390x-static"), own.resolve("qemu-s390x"))) {
            Files.write(file, program);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }

        assertThat(QemuBinary.find("s390x", List.of(own, machine)))
                .contains(new QemuBinary("qemu-s390x", own.resolve("qemu-s390x")));
        assertThat(QemuBinary.searchPath(own)).startsWith(own).hasSizeGreaterThan(1);
    }

    @Test
    @Tag("end-to-end")
    void whatWasFoundIsRemembered() throws IOException {
        Files.writeString(handlers.resolve("qemu-s390x"), S390X.formatted("OC"));
        List<PlatformSupport> found = emulators.platforms();
        String text = Files.readString(folder.resolve("platforms"));

        assertThat(text).contains("\n" + Platform.host().format() + " native -\n");
        assertThat(new Emulators(new EmulatorSearch(folder, folder, handlers, List.of())).platforms())
                .isEqualTo(found);

        Files.writeString(folder.resolve("platforms"), text.replace(" native -", " registered told"));
        assertThat(new Emulators(new EmulatorSearch(folder, folder, handlers, List.of())).platforms())
                .allMatch(support -> support.emulator().orElse("").equals("told"));

        Files.writeString(handlers.resolve("qemu-s390x"), S390X.formatted("O"));
        assertThat(new Emulators(new EmulatorSearch(folder, folder, handlers, List.of())).platforms())
                .isEqualTo(found);
    }

    @Test
    @Tag("end-to-end")
    void anInstalledEmulatorIsFoundAtOnceAndCanBeRemoved() throws Exception {
        assumeTrue(QemuBinary.find("riscv64", QemuBinary.searchPath()).isPresent(), "needs qemu-user-static");
        assumeTrue(withOwnHandlers("true").isEmpty(), "needs Linux 6.7 and user namespaces");

        assertThat(withOwnHandlers(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        InstallAndUninstall.class.getName(),
                        folder.toString()))
                .isEqualTo("PRIVATE\nREGISTERED\nPRIVATE\n");
    }

    /** Runs a command as root of a user namespace in which nothing is registered, so that the machine stays as it is. */
    private static String withOwnHandlers(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-ec"));
        words.add("mount -t binfmt_misc none " + BinfmtHandler.FOLDER + "; exec \"$@\"");
        words.add("sh");
        words.addAll(List.of(command));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? output : "it failed: " + output;
    }

    /** Says how a foreign platform runs before its emulator is installed, afterwards, and once it has been removed. */
    static final class InstallAndUninstall {

        private static final Platform PLATFORM = Platform.parse("linux/riscv64");

        public static void main(String[] arguments) throws InterruptedException {
            Path folder = Path.of(arguments[0]);
            EmulatorInstaller installer = new EmulatorInstaller(folder, folder);
            printWay(folder);
            installer.install(PLATFORM);
            printWay(folder);
            installer.uninstall(PLATFORM);
            printWay(folder);
        }

        private static void printWay(Path folder) {
            new Emulators(folder, folder)
                    .statuses().stream()
                            .filter(status -> status.platform().equals(PLATFORM))
                            .forEach(status -> System.out.println(status.way()));
        }
    }

    @Test
    void withoutAnEmulatorNothingIsInstalled() {
        assertThatThrownBy(() -> new EmulatorInstaller(folder, folder).install(Platform.of("linux", "sparc64", "")))
                .isInstanceOf(ExecutorException.class)
                .hasMessage("no emulator is known for linux/sparc64");
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String platform) {
        return assertThatThrownBy(() -> emulators.require(Platform.parse(platform)))
                .isInstanceOf(ExecutorException.class);
    }
}
