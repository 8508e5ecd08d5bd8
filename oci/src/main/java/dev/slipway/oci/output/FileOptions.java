package dev.slipway.oci.output;

import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The options of an output of files.
 *
 * @param split whether the files of each platform are in a folder of its own
 * @param multiPlatform whether there may be several platforms
 * @param attestationPrefix the prefix of the names of attestation files
 * @param epoch the time of all files, if any
 */
record FileOptions(boolean split, boolean multiPlatform, String attestationPrefix, OutputEpoch epoch) {

    private static final String SPLIT = "platform-split";
    private static final String PREFIX = "attestation-prefix";

    /** All options of such an output. */
    static final SortedSet<String> NAMES =
            Collections.unmodifiableSortedSet(new TreeSet<>(List.of(SPLIT, PREFIX, OutputEpoch.OPTION)));

    /**
     * Reads the options of an output.
     *
     * @param multiPlatform whether the output is for several platforms
     * @throws InvalidOutputException if one is invalid
     */
    static FileOptions of(Output output, boolean multiPlatform) {
        String prefix = output.attributes().getOrDefault(PREFIX, "");
        if (prefix.indexOf('/') >= 0) {
            throw new InvalidOutputException(
                    PREFIX + " is '" + prefix + "', and names of files have no slash; leave it out");
        }
        return new FileOptions(output.flag(SPLIT, multiPlatform), multiPlatform, prefix, OutputEpoch.of(output));
    }

    /** Whether the files of several platforms are side by side. */
    boolean mixesPlatforms() {
        return multiPlatform && !split;
    }
}
