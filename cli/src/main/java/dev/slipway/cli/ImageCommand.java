package dev.slipway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slipway image}. */
@Command(
        name = "image",
        description = "Show, copy, join and compare images of registries, OCI layouts and archives.",
        subcommands = {
            ImageInspectCommand.class,
            ImageCopyCommand.class,
            ImageMergeCommand.class,
            ImageDiffCommand.class,
            ImageVerifyCommand.class
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ImageCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "name a command: slipway image inspect, copy, merge, diff or verify");
    }
}
