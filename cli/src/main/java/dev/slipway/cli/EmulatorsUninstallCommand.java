package dev.slipway.cli;

import dev.slipway.BuildException;
import dev.slipway.llb.Platform;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slipway emulators uninstall}. */
@Command(
        name = "uninstall",
        description = "Remove emulators: their handlers, whoever registered them, and their files in the store.",
        mixinStandardHelpOptions = true)
final class EmulatorsUninstallCommand implements Callable<Integer> {

    @Mixin
    private PlatformsParameter platforms;

    @Override
    public Integer call() throws InterruptedException {
        return EmulatorsCommand.with(emulators -> {
            List<Platform> removed = emulators.uninstall(platforms.platforms());
            if (removed.isEmpty()) {
                throw new BuildException("there is no emulator to remove; slipway emulators lists what there is");
            }
            System.out.println(
                    "removed " + removed.stream().map(Platform::format).collect(Collectors.joining(", ")));
        });
    }
}
