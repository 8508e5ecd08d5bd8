package dev.slipway.cli;

import dev.slipway.BuildException;
import dev.slipway.executor.ExecutorException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong, and gives the exit code. A class of its own, for lambdas of these types cannot be archived. */
final class FailureHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
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

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult result) throws Exception {
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
            String reason = exception.getMessage() == null ? "interrupted" : exception.getMessage();
            command.getErr().println("ERROR: " + reason);
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw exception;
    }
}
