package dev.slipway.oci.output;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;
import java.io.IOException;
import java.util.SortedSet;

/** One type of output. Each is handled in three moves: it is checked, written aside, and published. */
interface OutputType {

    /** All options of the type. */
    SortedSet<String> options();

    /** Whether the type has this option. */
    default boolean takes(String option) {
        return options().contains(option);
    }

    /**
     * Checks before a build begins that the output can be written after its last step.
     *
     * @param targets the platforms of the build
     * @throws InvalidOutputException if an option is invalid
     * @throws ExecutorException if it cannot be written to its place
     */
    void check(Output output, Targets targets);

    /**
     * Writes an output where nobody sees it yet.
     *
     * @throws ExecutorException if it cannot be made
     */
    StagedOutput write(Output output, Export export) throws IOException, InterruptedException;
}
