package dev.slipway.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --call} and {@code --check}: whether to build at all, or to look at the Dockerfile only. */
final class CallOption {

    private static final String OPTION = "--call";
    private static final String BUILD = "build";

    @Option(
            names = OPTION,
            paramLabel = "build|check|outline|targets[,format=json]",
            description = "What to do with the Dockerfile (default: build).")
    private String call = BUILD;

    @Option(names = "--check", description = "Check the Dockerfile without building it: --call check.")
    private boolean check;

    @Mixin
    private StrictOption strict;

    /** What is asked; nothing if the build is to be run. */
    Optional<Question> question() {
        String method = method();
        if (check && !List.of(BUILD, "check").contains(method)) {
            throw new UsageException("--check and --call " + method + " cannot be used together");
        }
        Optional<Question> question = check ? Optional.of(Question.CHECK) : question(method);
        if (strict.isSet() && !question.equals(Optional.of(Question.CHECK))) {
            throw new UsageException("--strict is for checks; add --check");
        }
        return question.map(asked -> asked == Question.CHECK ? strict.question() : asked);
    }

    private Optional<Question> question(String method) {
        if (method.equals(BUILD)) {
            return Optional.empty();
        }
        return Stream.of(Question.CHECK, Question.OUTLINE, Question.TARGETS)
                .filter(question -> question.name().toLowerCase(Locale.ROOT).equals(method))
                .findFirst()
                .or(() -> {
                    throw new UsageException("--call " + call + ": known are build, check, outline and targets");
                });
    }

    private String method() {
        // As in buildx, an empty one is none.
        return call.isEmpty() ? BUILD : CsvFields.split(OPTION, call).get(0);
    }

    FormatOption format() {
        List<String> fields = call.isEmpty() ? List.of() : CsvFields.split(OPTION, call);
        String rest = String.join(",", fields.subList(Math.min(1, fields.size()), fields.size()));
        return switch (rest) {
            case "", "format=text" -> new FormatOption();
            case "format=json" -> FormatOption.json();
            default ->
                throw new UsageException("--call " + call + ": expected format=json or format=text after the comma");
        };
    }
}
