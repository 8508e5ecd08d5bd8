package dev.slipway.cli;

import dev.slipway.BuildException;
import dev.slipway.executor.ExecutorException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command. Exit codes: 0 done, 1 the build failed, 2 wrong usage. */
@Command(
        name = "slipway",
        description = "Builds a Dockerfile into images for many platforms, with no daemon.",
        mixinStandardHelpOptions = true,
        version = "slipway 0.1.0",
        synopsisSubcommandLabel = "COMMAND")
final class Main {

    private static final Map<String, Supplier<Callable<Integer>>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("build", BuildCommand::new);
        COMMANDS.put("plan", PlanCommand::new);
        COMMANDS.put("check", CheckCommand::new);
        COMMANDS.put("outline", OutlineCommand::new);
        COMMANDS.put("targets", TargetsCommand::new);
        COMMANDS.put("llb", LlbCommand::new);
        COMMANDS.put("emulators", EmulatorsCommand::new);
        COMMANDS.put("cache", CacheCommand::new);
    }

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs the command and returns its exit code. */
    static int run(String... arguments) {
        return commandLine(arguments).execute(arguments);
    }

    /** Options are found by reflection, which takes time, so only the command that is called is made. */
    private static CommandLine commandLine(String... arguments) {
        CommandLine command = new CommandLine(new Main());
        boolean known = arguments.length > 0 && COMMANDS.containsKey(arguments[0]);
        Set<String> names = known ? Set.of(arguments[0]) : COMMANDS.keySet();
        names.forEach(name -> command.addSubcommand(name, COMMANDS.get(name).get()));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setParameterExceptionHandler(Main::wrongUsage);
        command.setExecutionExceptionHandler(failure());
        return command;
    }

    private static int wrongUsage(ParameterException exception, String[] arguments) {
        PrintWriter err = exception.getCommandLine().getErr();
        err.println("ERROR: " + message(exception));
        if (!UnmatchedArgumentException.printSuggestions(exception, err)) {
            err.println("See: " + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        }
        return CommandLine.ExitCode.USAGE;
    }

    /** What follows an unknown option is only unknown because the option is. */
    private static String message(ParameterException exception) {
        if (exception instanceof UnmatchedArgumentException unmatched
                && unmatched.getUnmatched().get(0).startsWith("-")) {
            return "unknown option: " + unmatched.getUnmatched().get(0);
        }
        return exception.getMessage();
    }

    private static IExecutionExceptionHandler failure() {
        return (exception, command, result) -> {
            if (exception instanceof UsageException usage) {
                command.getErr().println("ERROR: " + usage.getMessage());
                return CommandLine.ExitCode.USAGE;
            }
            if (exception instanceof BuildException build) {
                command.getErr().println("ERROR: " + build.report());
                return CommandLine.ExitCode.SOFTWARE;
            }
            if (exception instanceof ExecutorException executor) {
                command.getErr().println("ERROR: " + executor.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            if (exception instanceof InterruptedException) {
                command.getErr().println("ERROR: interrupted");
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw exception;
        };
    }
}
