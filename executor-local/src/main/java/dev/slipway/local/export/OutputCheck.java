package dev.slipway.local.export;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds before a build begins what would keep its outputs from being written after the last step, or be passed over. */
public final class OutputCheck {

    private static final Map<String, SortedSet<String>> OPTIONS = Map.of(
            "oci",
            ImageOptions.NAMES,
            "local",
            FileOptions.NAMES,
            "tar",
            FileOptions.NAMES,
            "cacheonly",
            new TreeSet<>());

    private final Output output;

    private OutputCheck(Output output) {
        this.output = output;
    }

    /**
     * Looks at an output.
     *
     * @throws InvalidOutputException if it has an option that is unknown or wrong
     * @throws ExecutorException if its place cannot take it
     */
    public static void check(Output output) {
        OutputCheck check = new OutputCheck(output);
        check.options();
        check.target();
        output.destination().ifPresent(destination -> check.place(destination.toAbsolutePath()));
    }

    private void options() {
        SortedSet<String> known = OPTIONS.get(output.type());
        if (known == null) {
            throw new InvalidOutputException("the local executor cannot write an output of the type " + output.type());
        }
        for (String option : output.attributes().keySet()) {
            if (!known.contains(option)) {
                throw new InvalidOutputException("output type=" + output.type() + ": '" + option
                        + "' is no option of it" + (known.isEmpty() ? "" : "; known are " + String.join(", ", known)));
            }
        }
        try {
            ImageOptions.of(output);
            FileOptions.of(output, true);
        } catch (ExecutorException e) {
            throw new InvalidOutputException(e.getMessage(), e);
        }
    }

    /** What an archive can go to, a folder need not. */
    private void target() {
        boolean folder = isFolder();
        boolean none = output.destination().isEmpty() && output.stream().isEmpty();
        if (folder && output.stream().isPresent()) {
            throw new InvalidOutputException("output type=" + output.type() + ": a stream takes no folder; name one");
        }
        if (none && !output.type().equals("cacheonly")) {
            throw new InvalidOutputException("output type=" + output.type() + ": there is no destination; name "
                    + (folder ? "a folder" : "a file"));
        }
    }

    private boolean isFolder() {
        return output.type().equals("local") || !output.flag(ImageOptions.TAR, true);
    }

    private void place(Path destination) {
        boolean folder = isFolder();
        if (folder && Files.exists(destination) && !Files.isDirectory(destination)) {
            throw wrong(destination + " is no folder; name one, or a place where nothing is");
        }
        if (!folder && Files.isDirectory(destination)) {
            throw wrong(destination + " is a folder; name a file in it"
                    + (output.type().equals("oci") ? ", or write into the folder with tar=false" : ""));
        }
        if (Files.exists(destination) && !folder && !Files.isRegularFile(destination)) {
            return;
        }
        Path there = folder ? destination : destination.getParent();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there != null && !Files.isDirectory(there)) {
            throw wrong(destination + " cannot be made: " + there + " is no folder");
        }
        if (there != null && !Files.isWritable(there)) {
            throw wrong(destination + " cannot be written: this user may not write in " + there);
        }
    }

    private ExecutorException wrong(String what) {
        return new ExecutorException("output type=" + output.type() + ": " + what);
    }
}
