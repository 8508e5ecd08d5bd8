package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Slipway;
import dev.slipway.WrongArchitecture;
import dev.slipway.executor.Output;
import dev.slipway.executor.text.TerminalText;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.parser.check.Warning;
import dev.slipway.progress.Progress;
import java.nio.file.Path;
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
            description = "What to write: FOLDER, type=local,dest=FOLDER, type=tar,dest=FILE, type=oci,dest=FILE,"
                    + " type=oci,dest=FOLDER,tar=false, type=registry,name=NAME, type=image, type=docker,dest=FILE,"
                    + " type=docker (the running engine) or type=cacheonly. Other archives without a dest, or with -, go"
                    + " to standard output.")
    private List<String> outputs = List.of();

    @Option(
            names = {"-t", "--tag"},
            paramLabel = "NAME[:TAG]",
            description = "Name of the image, for all outputs that are images.")
    private List<String> names = List.of();

    @Option(
            names = "--push",
            description = "Push the image to the registries of its names; short for --output type=registry.")
    private boolean push;

    @Option(
            names = "--load",
            description = "Load the image into the running Docker Engine or Podman; short for --output type=docker.")
    private boolean load;

    @Mixin
    private AnnotationOption annotations;

    @Option(
            names = "--progress",
            paramLabel = "auto|plain|none",
            description = "How to show progress (default: auto, which is plain).")
    private ProgressKind progress = ProgressKind.AUTO;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress, and print the image's id, which is the digest of its config.")
    private boolean quiet;

    @Option(
            names = "--wrong-architecture",
            paramLabel = "warn|error|off",
            description = "What to do about programs in an image that its platform does not run (default: warn).")
    private WrongArchitecture wrongArchitecture = WrongArchitecture.WARN;

    @Option(
            names = "--bundle",
            paramLabel = "FOLDER|FILE.tar",
            description = "Take images and the files of repositories and URLs from what slipway lock --bundle wrote.")
    private Optional<Path> bundle = Optional.empty();

    @Mixin
    private CacheFromOption cacheFrom;

    @Mixin
    private CacheToOption cacheTo;

    @Mixin
    private AttestationOptions attestations;

    @Mixin
    private FormerOptions former;

    @Mixin
    private CallOption call;

    @Mixin
    private ResultFiles files;

    /** How progress is shown. */
    enum ProgressKind {
        AUTO,
        PLAIN,
        NONE
    }

    @Override
    public Integer call() throws InterruptedException {
        former.warnings().forEach(warning -> System.err.println("WARNING: " + warning));
        BuildRequest request = attestations.addTo(options.request().wrongArchitecture(wrongArchitecture));
        request = cacheTo.addTo(cacheFrom.addTo(request));
        if (bundle.isPresent()) {
            request = request.bundle(bundle.get());
        }
        Optional<Question> question = call.question();
        if (question.isPresent()) {
            return call.exitCode(question.get().answer(request, call.format()));
        }
        List<Output> written = outputs();
        files.check(written);
        files.clear();
        for (Output output : written) {
            request = request.output(output);
        }
        boolean silent = quiet || progress == ProgressKind.NONE;
        Progress listener = silent ? Progress.none() : Progress.plain(System.err);
        try (Slipway slipway = sandbox.open()) {
            BuildResult result = slipway.build(request, listener);
            result.warnings().forEach(warning -> System.err.println(describe(warning)));
            result.foreignPrograms()
                    .forEach(programs ->
                            System.err.println("WARNING: WrongArchitecture: " + TerminalText.line(programs.message())));
            boolean archive =
                    written.stream().anyMatch(output -> output.stream().isPresent());
            if (!archive && result.hasDigests()) {
                System.out.println(quiet ? result.imageId() : result.digest());
            }
            files.write(result, written);
        }
        return 0;
    }

    private List<Output> outputs() {
        String name = String.join(",", names);
        List<Output> parsed = OutputOption.parse(outputs, StandardOutput.taker());
        List<Output> loaded = load ? OutputOption.loaded(parsed) : parsed;
        List<Output> written = annotations.on((push ? OutputOption.pushed(loaded) : loaded)
                .stream().map(output -> OutputOption.named(output, name)).toList());
        if (written.stream().noneMatch(OutputOption::isImage)) {
            warnOfNoImage(name);
        }
        return written;
    }

    private void warnOfNoImage(String name) {
        String advice = "; add --push, --load, or --output type=oci,dest=FILE";
        if (!name.isEmpty()) {
            System.err.println("WARNING: --tag " + name
                    + ": no output of this build is an image, so nothing gets the name" + advice);
        }
        if (!annotations.isEmpty()) {
            System.err.println(
                    "WARNING: --annotation: no output of this build is an image, so nothing is annotated" + advice);
        }
    }

    private static String describe(Warning warning) {
        String place = warning.ranges().isEmpty()
                ? ""
                : " (line " + warning.ranges().get(0).startLine() + ")";
        String detail = TerminalText.line(UrlCredentials.redact(warning.detail()));
        return "WARNING: " + warning.rule().name() + ": " + detail + place;
    }
}
