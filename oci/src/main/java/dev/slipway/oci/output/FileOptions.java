package dev.slipway.oci.output;

import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The options of an output that is the files of images.
 *
 * @param split whether the files of each platform are in a folder of its own
 * @param epoch the time of all files, if there is to be one
 */
record FileOptions(boolean split, OutputEpoch epoch) {

    private static final String SPLIT = "platform-split";

    /** All options of such an output. */
    static final SortedSet<String> NAMES =
            Collections.unmodifiableSortedSet(new TreeSet<>(List.of(SPLIT, OutputEpoch.OPTION)));

    /**
     * Reads the options of an output.
     *
     * @param multiPlatform whether the output has room for several platforms
     * @throws InvalidOutputException if one has no meaning
     */
    static FileOptions of(Output output, boolean multiPlatform) {
        return new FileOptions(output.flag(SPLIT, multiPlatform), OutputEpoch.of(output));
    }
}
