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
    private static final List<String> SETTINGS = List.of("format", "ignorestatus");

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

    /** How the answer is printed. */
    FormatOption format() {
        return switch (setting("format", "text")) {
            case "text" -> new FormatOption();
            case "json" -> FormatOption.json();
            default -> throw unknown();
        };
    }

    /** The exit code of an answer: 0 for whoever has said that what is found does not matter. */
    int exitCode(int found) {
        return switch (setting("ignorestatus", "false")) {
            case "1", "t", "T", "true", "TRUE", "True" -> 0;
            case "0", "f", "F", "false", "FALSE", "False" -> found;
            default -> throw unknown();
        };
    }

    private String setting(String name, String otherwise) {
        String value = otherwise;
        List<String> fields = call.isEmpty() ? List.of("") : CsvFields.split(OPTION, call);
        for (String field : fields.subList(1, fields.size())) {
            if (field.startsWith(name + "=")) {
                value = field.substring(name.length() + 1);
            } else if (SETTINGS.stream().noneMatch(known -> field.startsWith(known + "="))) {
                throw unknown();
            }
        }
        return value;
    }

    private UsageException unknown() {
        return new UsageException(
                "--call " + call + ": expected format=json, format=text or ignorestatus=true after the comma");
    }
}
