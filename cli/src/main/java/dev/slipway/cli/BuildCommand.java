package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Slipway;
import dev.slipway.WrongArchitecture;
import dev.slipway.parser.check.Warning;
import dev.slipway.progress.Progress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code slipway build}. */
@Command(name = "build", description = "Build images.", mixinStandardHelpOptions = true)
final class BuildCommand implements Callable<Integer> {

    @Mixin
    private BuildOptions options;

    @Mixin
    private SandboxOption sandbox;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUTPUT",
            description = "What to write: FOLDER, type=local,dest=FOLDER, type=oci,dest=FILE or"
                    + " type=oci,dest=FOLDER,tar=false.")
    private List<String> outputs = List.of();

    @Option(names = "--progress", paramLabel = "plain|none", description = "How to show progress (default: plain).")
    private ProgressKind progress = ProgressKind.PLAIN;

    @Option(
            names = "--wrong-architecture",
            paramLabel = "warn|error|off",
            description = "What to do about programs in an image that its platform does not run (default: warn).")
    private WrongArchitecture wrongArchitecture = WrongArchitecture.WARN;

    @Mixin
    private CallOption call;

    @Mixin
    private ResultFiles files;

    /** How progress is shown. */
    enum ProgressKind {
        PLAIN,
        NONE
    }

    @Override
    public Integer call() throws InterruptedException {
        BuildRequest request = options.request().wrongArchitecture(wrongArchitecture);
        Optional<Question> question = call.question();
        if (question.isPresent()) {
            return question.get().answer(request, call.format());
        }
        files.clear();
        for (String output : outputs) {
            request = request.output(OutputOption.parse(output));
        }
        Progress listener = progress == ProgressKind.PLAIN ? Progress.plain(System.err) : Progress.none();
        try (Slipway slipway = sandbox.open()) {
            BuildResult result = slipway.build(request, listener);
            result.warnings().forEach(warning -> System.err.println(describe(warning)));
            result.foreignPrograms()
                    .forEach(programs -> System.err.println("WARNING: WrongArchitecture: " + programs.message()));
            result.digest().ifPresent(System.out::println);
            files.write(result);
        }
        return 0;
    }

    private static String describe(Warning warning) {
        String place = warning.ranges().isEmpty()
                ? ""
                : " (line " + warning.ranges().get(0).startLine() + ")";
        return "WARNING: " + warning.rule().name() + ": " + warning.detail() + place;
    }
}
