package dev.slipway.cli;

import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --call} and {@code --check}: whether to build at all, or to look at the Dockerfile only. */
final class CallOption {

    private static final String FORMAT = "format=";

    @Option(
            names = "--call",
            paramLabel = "build|check|outline|targets[,format=json]",
            description = "What to do with the Dockerfile (default: build).")
    private String call = "build";

    @Option(names = "--check", description = "Check the Dockerfile without building it: --call check.")
    private boolean check;

    /** What is asked; nothing if the build is to be run. */
    Optional<Question> question() {
        String method = call.split(",", 2)[0];
        if (method.equals("build")) {
            return check ? Optional.of(Question.CHECK) : Optional.empty();
        }
        if (check && !method.equals("check")) {
            throw new UsageException("--check and --call " + method + " cannot be used together");
        }
        for (Question question : Question.values()) {
            if (question.name().toLowerCase(Locale.ROOT).equals(method)) {
                return Optional.of(question);
            }
        }
        throw new UsageException("--call " + call + ": known are build, check, outline and targets");
    }

    FormatOption format() {
        int comma = call.indexOf(',');
        String rest = comma < 0 ? "" : call.substring(comma + 1);
        return switch (rest) {
            case "", FORMAT + "text" -> new FormatOption();
            case FORMAT + "json" -> FormatOption.json();
            default ->
                throw new UsageException("--call " + call + ": expected format=json or format=text after the comma");
        };
    }
}
