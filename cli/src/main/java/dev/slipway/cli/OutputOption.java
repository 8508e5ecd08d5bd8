package dev.slipway.cli;

import dev.slipway.executor.Output;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code --output}: {@code type=T,k=v,...}, or a bare path for a local folder. */
final class OutputOption {

    private static final Set<String> TYPES = Set.of("oci", "local", "tar");

    private static final String NAME = "name";

    private OutputOption() {}

    static Output parse(String text) {
        if (!text.contains("=")) {
            if (text.equals("-")) {
                throw new UsageException(
                        "--output -: standard output is not supported; name a file: type=tar,dest=FILE");
            }
            return Output.localDirectory(Path.of(text));
        }
        TreeMap<String, String> attributes = new TreeMap<>();
        for (String field : text.split(",")) {
            int equals = field.indexOf('=');
            if (equals <= 0) {
                throw new UsageException("--output " + text + ": '" + field + "' is not of the form key=value");
            }
            attributes.put(field.substring(0, equals).strip(), field.substring(equals + 1));
        }
        String type = attributes.remove("type");
        if (type == null) {
            throw new UsageException("--output " + text + ": type is required, such as type=oci");
        }
        if (!TYPES.contains(type)) {
            throw new UsageException("--output " + text + ": unknown type '" + type + "'; known are "
                    + String.join(", ", TYPES.stream().sorted().toList()));
        }
        String destination = attributes.remove("dest");
        if ("-".equals(destination)) {
            throw new UsageException("--output " + text + ": standard output is not supported; name a file");
        }
        if (destination == null || destination.isEmpty()) {
            throw new UsageException("--output " + text + ": dest is required, such as type=" + type + ",dest=out");
        }
        return new Output(type, Optional.of(Path.of(destination)), attributes);
    }

    /** Whether this output is an image, rather than files. */
    static boolean isImage(Output output) {
        return output.type().equals("oci");
    }

    /** An image that has no name gets this one, if it is one. */
    static Output named(Output output, String name) {
        boolean takes = isImage(output) && !output.attributes().containsKey(NAME) && !name.isEmpty();
        return takes ? output.with(NAME, name) : output;
    }
}
