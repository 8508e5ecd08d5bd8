package dev.slipway.oci.output;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;
import java.io.IOException;
import java.util.SortedSet;

/** One type of output, with the three moves that each is made of: it is checked, written aside, and published. */
interface OutputType {

    /** All options that it knows. */
    SortedSet<String> options();

    /** Whether it takes this option. */
    default boolean takes(String option) {
        return options().contains(option);
    }

    /**
     * Finds before a build begins what would keep it from being written after the last step.
     *
     * @param targets what is built
     * @throws InvalidOutputException if an option has no meaning
     * @throws ExecutorException if its place cannot take it
     */
    void check(Output output, Targets targets);

    /**
     * Writes an output where nobody sees it yet.
     *
     * @throws ExecutorException if it cannot be made
     */
    StagedOutput write(Output output, Export export) throws IOException, InterruptedException;
}
