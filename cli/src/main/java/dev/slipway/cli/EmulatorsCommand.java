package dev.slipway.cli;

import dev.slipway.Home;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.local.MachineEmulators;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slipway emulators}. */
@Command(
        name = "emulators",
        description = "List which platforms run here, natively or emulated, and why others do not.",
        subcommands = {EmulatorsInstallCommand.class, EmulatorsUninstallCommand.class},
        mixinStandardHelpOptions = true)
final class EmulatorsCommand implements Callable<Integer> {

    @Mixin
    private FormatOption format;

    @Override
    public Integer call() throws InterruptedException {
        return with(emulators -> EmulatorsReport.print(format, emulators.list()));
    }

    /** Something to be done with the emulators of this machine. */
    interface Task {
        void run(MachineEmulators emulators) throws InterruptedException;
    }

    static int with(Task task) throws InterruptedException {
        try (MachineEmulators emulators = MachineEmulators.open(ExecutorSettings.of(Home.ofUser()))) {
            task.run(emulators);
            return 0;
        }
    }
}
