package dev.slipway.oci.output;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where an output goes, and whether it can. */
final class OutputPlace {

    private OutputPlace() {}

    /** The file or folder that is written. */
    static Path of(Output output) {
        return output.destination()
                .orElseThrow(() -> new ExecutorException("output type=" + output.type() + " needs a destination"))
                .toAbsolutePath();
    }

    /** Whether it goes to something that cannot be replaced, and so is written directly: a stream, a device, a pipe. */
    static boolean isDirect(Output output) {
        return output.stream().isPresent()
                || output.destination()
                        .filter(place ->
                                Files.exists(place) && !Files.isRegularFile(place) && !Files.isDirectory(place))
                        .isPresent();
    }

    /**
     * Requires a place where a file can be.
     *
     * @param advice what else to do if it is a folder
     */
    static void requireFile(Output output, String advice) {
        if (output.stream().isPresent()) {
            return;
        }
        Path place = named(output, "a file");
        if (Files.isDirectory(place)) {
            throw wrong(output, place + " is a folder; name a file in it" + advice);
        }
        if (!isDirect(output)) {
            requireWritable(output, place, place.getParent());
        }
    }

    /** Requires a place where a folder can be. */
    static void requireFolder(Output output) {
        if (output.stream().isPresent()) {
            throw new InvalidOutputException(
                    "output type=" + output.type() + ": a stream cannot hold a folder; name one");
        }
        Path place = named(output, "a folder");
        if (!Files.exists(place) && Files.isSymbolicLink(place)) {
            throw wrong(output, place + " is a dangling link; make a folder at its target, or remove the link");
        }
        if (Files.exists(place) && !Files.isDirectory(place)) {
            throw wrong(output, place + " is not a folder; name one, or a path that does not exist");
        }
        requireWritable(output, place, place);
    }

    /** Requires that no place is named. */
    static void requireNone(Output output) {
        if (output.destination().isPresent() || output.stream().isPresent()) {
            throw new InvalidOutputException("output type=" + output.type()
                    + ": an image in a registry has no destination; name it, and leave the destination out");
        }
    }

    private static Path named(Output output, String what) {
        if (output.destination().isEmpty()) {
            throw new InvalidOutputException(
                    "output type=" + output.type() + ": there is no destination; name " + what);
        }
        return of(output);
    }

    /** Missing folders will be made in the nearest existing one. */
    private static void requireWritable(Output output, Path place, @Nullable Path wanted) {
        Path there = wanted;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there != null && !Files.isDirectory(there)) {
            throw wrong(output, place + " cannot be made: " + there + " is not a folder");
        }
        if (there != null && !Files.isWritable(there)) {
            throw wrong(output, place + " cannot be written: this user may not write in " + there);
        }
    }

    private static ExecutorException wrong(Output output, String what) {
        return new ExecutorException("output type=" + output.type() + ": " + what);
    }
}
