package dev.slipway.parser;

import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.CommandLine;
import dev.slipway.parser.tree.Heredoc;
import dev.slipway.parser.tree.Run;
import java.util.List;
import java.util.Optional;

/** RUN. */
final class RunBuilder {

    private static final FlagSet FLAGS =
            FlagSet.of(List.of(), List.of("network", "security"), List.of("mount", "device"));

    private RunBuilder() {}

    static Run run(RawInstruction raw) {
        FlagValues flags = FLAGS.parse(raw);
        CommandLine command = CommandBuilder.commandLine(raw);
        List<Run.Device> devices =
                flags.all("device").stream().map(DeviceFlag::parse).toList();
        List<Run.Mount> mounts =
                flags.all("mount").stream().map(MountFlag::parse).toList();
        return new Run(
                raw.statement(),
                command,
                raw.heredocs(),
                script(raw, command),
                mounts,
                network(flags.value("network", "default")),
                security(flags.value("security", "sandbox")),
                devices);
    }

    private static Optional<Heredoc> script(RawInstruction raw, CommandLine command) {
        if (raw.heredocs().isEmpty() || !command.shellForm()) {
            return Optional.empty();
        }
        return HeredocMarker.of(command.arguments().get(0))
                .map(marker -> raw.heredocs().get(0));
    }

    private static Run.Network network(String value) {
        return switch (value) {
            case "default" -> Run.Network.DEFAULT;
            case "none" -> Run.Network.NONE;
            case "host" -> Run.Network.HOST;
            default -> throw new Refusal("invalid network mode " + GoText.quote(value));
        };
    }

    private static Run.Security security(String value) {
        return switch (value) {
            case "sandbox" -> Run.Security.SANDBOX;
            case "insecure" -> Run.Security.INSECURE;
            default -> throw new Refusal("security " + GoText.quote(value) + " is not valid");
        };
    }
}
