package dev.slipway.cli;

import dev.slipway.executor.Output;
import dev.slipway.oci.output.Outputs;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code --output}: a folder, {@code -} for an archive on standard output, or {@code type=T,k=v,...}. */
final class OutputOption {

    private static final String STANDARD_OUTPUT = "-";
    private static final String OCI = "oci";
    private static final String DOCKER = "docker";
    private static final String LOCAL = "local";
    private static final String TAR = "tar";
    private static final String NOTHING = "cacheonly";
    private static final String IMAGE = "image";
    private static final String REGISTRY = "registry";

    /** Those that are written to no place on this machine. */
    private static final Set<String> PLACELESS = Set.of(NOTHING, IMAGE, REGISTRY);

    private static final Set<String> PUSHED = Set.of(IMAGE, REGISTRY);
    private static final Set<String> IMAGES = Set.of(OCI, DOCKER, IMAGE, REGISTRY);

    private static final String NAME = "name";

    private final String text;
    private final StandardOutput.Taker standardOutput;

    private OutputOption(String text, StandardOutput.Taker standardOutput) {
        this.text = text;
        this.standardOutput = standardOutput;
    }

    /** Reads the values of all such options. An empty one, such as a variable that is not set, is none, as in buildx. */
    static List<Output> parse(List<String> texts, StandardOutput.Taker standardOutput) {
        List<Output> outputs = new ArrayList<>();
        for (String text : texts) {
            if (!text.isEmpty()) {
                outputs.add(new OutputOption(text, standardOutput).parse());
            }
        }
        if (outputs.stream().filter(output -> output.stream().isPresent()).count() > 1) {
            throw new UsageException("--output: only one output can go to standard output; name files for the others");
        }
        return outputs;
    }

    private Output parse() {
        List<String> fields = CsvFields.split("--output", text);
        if (text.equals(STANDARD_OUTPUT)) {
            return new Output(TAR, Optional.empty(), stream(TAR), new TreeMap<>());
        }
        if (fields.equals(List.of(text)) && !text.startsWith("type=")) {
            return Output.localDirectory(Path.of(text));
        }
        Map<String, String> pairs = CsvFields.pairs("--output", text);
        String type = pairs.remove("type");
        if (type == null) {
            throw wrong("type is required, such as type=oci");
        }
        if (!Outputs.types().contains(type)) {
            throw wrong("unknown type '" + type + "'; known are " + String.join(", ", Outputs.types()));
        }
        String destination = Optional.ofNullable(pairs.remove("dest")).orElse("");
        Output output = new Output(type, Optional.empty(), Optional.empty(), new TreeMap<>(pairs));
        if (PLACELESS.contains(type)) {
            if (!destination.isEmpty()) {
                throw wrong("type=" + type + " has no dest; leave it out");
            }
            return output;
        }
        // As in buildx, it is loaded into an engine where no place is named.
        boolean loaded = type.equals(DOCKER) && destination.isEmpty() && output.flag(TAR, true);
        return loaded ? output : place(output, destination);
    }

    private Output place(Output output, String destination) {
        boolean folder = output.type().equals(LOCAL) || !output.flag(TAR, true);
        boolean unnamed = destination.isEmpty() || destination.equals(STANDARD_OUTPUT);
        if (folder && unnamed) {
            throw wrong(
                    destination.isEmpty()
                            ? "dest is required, such as type=" + output.type() + ",dest=out"
                            : "standard output cannot take a folder; name one");
        }
        return unnamed
                ? new Output(output.type(), Optional.empty(), stream(output.type()), output.attributes())
                : new Output(output.type(), Optional.of(Path.of(destination)), Optional.empty(), output.attributes());
    }

    private Optional<OutputStream> stream(String type) {
        if (standardOutput.isTerminal()) {
            throw wrong("this would fill the terminal with an archive; redirect standard output, or name a file:"
                    + " type=" + type + ",dest=FILE");
        }
        return Optional.of(standardOutput.stream());
    }

    private UsageException wrong(String what) {
        return new UsageException("--output " + text + ": " + what);
    }

    /** Whether this output is an image, rather than files. */
    static boolean isImage(Output output) {
        return IMAGES.contains(output.type());
    }

    /** Whether this output is a layout with an image in it. */
    static boolean isLayout(Output output) {
        return output.type().equals(OCI) || output.type().equals(DOCKER);
    }

    /** An image gets this name, if it is one, and none that the output has besides. */
    static Output named(Output output, String name) {
        return isImage(output) && !name.isEmpty() ? output.with(NAME, name) : output;
    }

    /** What {@code --load} makes of outputs: unless one is loaded already, there is one more. One in a file is not. */
    static List<Output> loaded(List<Output> outputs) {
        List<Output> loaded = new ArrayList<>(outputs);
        if (outputs.stream().noneMatch(OutputOption::isLoaded)) {
            loaded.add(Output.engine());
        }
        return loaded;
    }

    private static boolean isLoaded(Output output) {
        return output.type().equals(DOCKER)
                && output.destination().isEmpty()
                && output.stream().isEmpty();
    }

    /** What {@code --push} makes of outputs: those of type image are pushed; without any, there is one more. */
    static List<Output> pushed(List<Output> outputs) {
        List<Output> pushed = new ArrayList<>(outputs);
        pushed.replaceAll(output -> output.type().equals(IMAGE) ? output.with("push", "true") : output);
        if (pushed.stream().noneMatch(output -> PUSHED.contains(output.type()))) {
            pushed.add(new Output(REGISTRY, Optional.empty(), Optional.empty(), new TreeMap<>()));
        }
        return pushed;
    }
}
