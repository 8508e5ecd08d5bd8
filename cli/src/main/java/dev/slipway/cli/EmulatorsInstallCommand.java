package dev.slipway.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code slipway emulators install}. */
@Command(
        name = "install",
        description = {
            "Register static qemu-user emulators with the kernel's binfmt_misc, until the next reboot.",
            "Without root, emulators of an image are kept in the store, and each step registers them for itself."
        },
        mixinStandardHelpOptions = true)
final class EmulatorsInstallCommand implements Callable<Integer> {

    @Mixin
    private PlatformsParameter platforms;

    @Option(
            names = "--from",
            paramLabel = "IMAGE",
            description = "Take the emulators out of this image instead of this machine: a reference, such as"
                    + " tonistiigi/binfmt, or oci-layout://FOLDER[:TAG].")
    private Optional<String> image = Optional.empty();

    @Mixin
    private FormatOption format;

    @Override
    public Integer call() throws InterruptedException {
        return EmulatorsCommand.with(emulators -> EmulatorsReport.print(
                format,
                image.isPresent()
                        ? emulators.installFrom(image.get(), platforms.platforms())
                        : emulators.install(platforms.platforms())));
    }
}
