package dev.slipway.local.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.llb.Platform;
import dev.slipway.local.launch.OwnIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        Platform platform = Platform.parse("linux/riscv64");
        assumeTrue(OwnIds.read().isRoot(), "needs root");
        assumeTrue(QemuBinary.find("riscv64", QemuBinary.searchPath()).isPresent(), "needs qemu-user-static");
        assumeTrue(!Files.exists(BinfmtHandler.FOLDER.resolve("qemu-riscv64")), "needs no handler for linux/riscv64");
        EmulatorStatus registered = new EmulatorStatus(
                platform,
                EmulatorStatus.Way.REGISTERED,
                Optional.of("qemu-riscv64"),
                Optional.empty(),
                Optional.empty());
        EmulatorInstaller installer = new EmulatorInstaller(folder, folder);

        installer.install(platform);
        try {
            assertThat(new Emulators(folder, folder).statuses())
                    .filteredOn(status -> status.platform().equals(platform))
                    .containsExactly(registered);
        } finally {
            installer.uninstall(platform);
        }
        assertThat(new Emulators(folder, folder).statuses()).doesNotContain(registered);
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
