package dev.slipway.oci.output;

import dev.slipway.executor.Output;
import java.util.Collections;
import java.util.SortedSet;

/** Writes nothing: the steps run, and that is all. */
final class CacheOnlyOutput implements OutputType {

    @Override
    public SortedSet<String> options() {
        return Collections.emptySortedSet();
    }

    @Override
    public void check(Output output, Targets targets) {
        // Nothing can go wrong.
    }

    @Override
    public StagedOutput write(Output output, Export export) {
        return StagedOutput.NOTHING;
    }
}
