package dev.slipway.cli;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.posix.NativeSha256;
import dev.slipway.parser.DockerfileParser;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command. Exit codes: 0 done, 1 the build failed, 2 wrong usage. */
@Command(
        name = "slipway",
        description = "Builds a Dockerfile into images for many platforms, with no daemon.",
        mixinStandardHelpOptions = true,
        version = "slipway 0.1.0",
        synopsisSubcommandLabel = "COMMAND")
final class Main {

    private static final String HELP = "help";

    private static final Map<String, Supplier<Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("build", BuildCommand::new);
        COMMANDS.put("plan", PlanCommand::new);
        COMMANDS.put("check", CheckCommand::new);
        COMMANDS.put("outline", OutlineCommand::new);
        COMMANDS.put("targets", TargetsCommand::new);
        COMMANDS.put("llb", LlbCommand::new);
        COMMANDS.put("lock", LockCommand::new);
        COMMANDS.put("image", ImageCommand::new);
        COMMANDS.put("emulators", EmulatorsCommand::new);
        COMMANDS.put("cache", CacheCommand::new);
        COMMANDS.put(HELP, CommandLine.HelpCommand::new);
    }

    private Main() {}

    public static void main(String[] arguments) {
        NativeSha256.install();
        if (arguments.length > 0 && arguments[0].equals("build")) {
            loadAhead();
        }
        StandardOutput output = StandardOutput.install();
        Interruption interruption = Interruption.of(Thread.currentThread());
        int exitCode = run(arguments);
        interruption.end();
        Optional<String> unwritten = output.finish();
        // A command that failed has said why.
        if (unwritten.isPresent() && exitCode == CommandLine.ExitCode.OK) {
            System.err.println("ERROR: " + unwritten.get());
            exitCode = CommandLine.ExitCode.SOFTWARE;
        }
        System.exit(exitCode);
    }

    /**
     * Loads what each build needs while the options are read on another processor: a build that has nothing to do does little but
     * load.
     */
    private static void loadAhead() {
        Thread loader = new Thread(
                () -> DockerfileParser.parse("FROM scratch".getBytes(StandardCharsets.UTF_8)), "slipway-loader");
        loader.setDaemon(true);
        loader.start();
    }

    /** Runs the command and returns its exit code. */
    static int run(String... arguments) {
        return commandLine(arguments).execute(SourceOptions.withPullValue(arguments));
    }

    /** Options are found by reflection, which takes time, so only the command that is called is made. */
    private static CommandLine commandLine(String... arguments) {
        CommandLine command = new CommandLine(new Main());
        boolean known = arguments.length > 0 && COMMANDS.containsKey(arguments[0]) && !arguments[0].equals(HELP);
        Set<String> names = known ? Set.of(arguments[0]) : COMMANDS.keySet();
        names.forEach(name ->
                command.addSubcommand(name, requireNonNull(COMMANDS.get(name)).get()));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        // As in docker, an option may be given twice, by a script and by its user, and the last one counts.
        command.setOverwrittenOptionsAllowed(true);
        FailureHandler failures = new FailureHandler();
        command.setParameterExceptionHandler(failures);
        command.setExecutionExceptionHandler(failures);
        return command;
    }
}
