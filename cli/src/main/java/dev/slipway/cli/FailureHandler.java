package dev.slipway.cli;

import dev.slipway.BuildException;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.text.Reason;
import dev.slipway.executor.text.TerminalText;
import dev.slipway.executor.text.UrlCredentials;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong, and gives the exit code. A class of its own, for lambdas of these types cannot be archived. */
final class FailureHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private static final int MAX_DISTANCE = 2;

    /** How picocli tells of a value that is none of a few. */
    private static final Pattern CHOICE = Pattern.compile(
            "Invalid value for option '([^']*)'(?: \\([^)]*\\))?: expected one of \\[([^]]*)] \\(case-insensitive\\)"
                    + " but was '(.*)'",
            Pattern.DOTALL);

    /** What users of buildx try, and is not there. */
    private static final Set<String> OF_BUILDX = Set.of("--annotation", "--builder", "--debug", "-D", "--policy");

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        PrintWriter err = exception.getCommandLine().getErr();
        err.println("ERROR: " + shown(message(exception)));
        if (!isUnknownOption(exception) && UnmatchedArgumentException.printSuggestions(exception, err)) {
            return CommandLine.ExitCode.USAGE;
        }
        Optional<String> nearest = isUnknownOption(exception) ? nearest(exception) : Optional.empty();
        if (nearest.isPresent()) {
            err.println("Did you mean: " + nearest.get() + "?");
        } else {
            err.println("See: " + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        }
        return CommandLine.ExitCode.USAGE;
    }

    /** What follows an unknown option is only unknown because the option is. */
    private static String message(ParameterException exception) {
        if (isUnknownOption(exception)) {
            String name = unknown(exception);
            return OF_BUILDX.contains(name)
                    ? "this option of docker buildx build is not supported yet: " + name
                    : "unknown option: " + name;
        }
        Matcher choice = CHOICE.matcher(String.valueOf(exception.getMessage()));
        if (choice.matches()) {
            String choices = choice.group(2).toLowerCase(Locale.ROOT);
            int last = choices.lastIndexOf(", ");
            String listed = last < 0 ? choices : choices.substring(0, last) + " or " + choices.substring(last + 2);
            return choice.group(1) + ": '" + choice.group(3) + "' is not " + listed;
        }
        return Reason.of(exception);
    }

    private static String shown(String message) {
        return TerminalText.line(UrlCredentials.redact(message));
    }

    private static boolean isUnknownOption(ParameterException exception) {
        return exception instanceof UnmatchedArgumentException unmatched
                && unmatched.getUnmatched().get(0).startsWith("-");
    }

    private static String unknown(ParameterException exception) {
        String option = ((UnmatchedArgumentException) exception).getUnmatched().get(0);
        int equals = option.indexOf('=');
        return equals < 0 ? option : option.substring(0, equals);
    }

    /** The option that is one typing error away. */
    private static Optional<String> nearest(ParameterException exception) {
        String name = unknown(exception);
        return exception.getCommandLine().getCommandSpec().optionsMap().keySet().stream()
                .filter(known -> known.length() > 3 && !OF_BUILDX.contains(name))
                .filter(known -> distance(known, name) <= MAX_DISTANCE)
                .min(Comparator.comparing((String known) -> distance(known, name))
                        .thenComparing(known -> known));
    }

    private static int distance(String one, String other) {
        int[] row = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult result) {
        // Those that answer with 1 fail with another code.
        int failed = command.getCommandSpec().exitCodeOnExecutionException();
        if (exception instanceof UsageException usage) {
            command.getErr().println("ERROR: " + shown(Reason.of(usage)));
            return CommandLine.ExitCode.USAGE;
        }
        if (exception instanceof BuildException build) {
            command.getErr().println("ERROR: " + build.report());
            return build.getCause() instanceof InvalidOutputException ? CommandLine.ExitCode.USAGE : failed;
        }
        if (exception instanceof ExecutorException executor) {
            command.getErr().println("ERROR: " + shown(Reason.of(executor)));
            return executor instanceof InvalidOutputException ? CommandLine.ExitCode.USAGE : failed;
        }
        if (exception instanceof InterruptedException) {
            String reason = exception.getMessage() == null ? "interrupted" : exception.getMessage();
            command.getErr().println("ERROR: " + shown(reason));
            return failed;
        }
        printFault(command.getErr(), exception);
        return failed;
    }

    /** A fault of ours: where it is helps whoever mends it. What it says may come from outside all the same. */
    private static void printFault(PrintWriter err, Throwable fault) {
        err.println("ERROR: this is a bug in slipway: " + shown(fault.toString()));
        for (Throwable at = fault; at != null; at = at.getCause()) {
            if (at != fault) {
                err.println("caused by " + shown(at.toString()));
            }
            for (StackTraceElement element : at.getStackTrace()) {
                err.println("    at " + element);
            }
        }
    }
}
