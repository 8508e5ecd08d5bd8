package dev.slipway.parser;

import dev.slipway.parser.tree.Cmd;
import dev.slipway.parser.tree.CommandLine;
import dev.slipway.parser.tree.Entrypoint;
import dev.slipway.parser.tree.Shell;
import java.util.List;

/** Instructions with a command line and no flags: CMD, ENTRYPOINT, SHELL. */
final class CommandBuilder {

    private CommandBuilder() {}

    static Cmd cmd(RawInstruction raw) {
        FlagSet.EMPTY.parse(raw);
        return new Cmd(raw.statement(), commandLine(raw));
    }

    static Entrypoint entrypoint(RawInstruction raw) {
        FlagSet.EMPTY.parse(raw);
        return new Entrypoint(raw.statement(), commandLine(raw));
    }

    static Shell shell(RawInstruction raw) {
        FlagSet.EMPTY.parse(raw);
        List<String> arguments = ListBuilder.atLeastOne(raw);
        if (!raw.arguments().json()) {
            throw new Refusal("SHELL requires the arguments to be in JSON form");
        }
        return new Shell(raw.statement(), arguments);
    }

    static CommandLine commandLine(RawInstruction raw) {
        return new CommandLine(raw.words(), !raw.arguments().json());
    }
}
