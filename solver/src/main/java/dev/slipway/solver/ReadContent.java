package dev.slipway.solver;

import dev.slipway.executor.CacheRecord.Part;
import dev.slipway.llb.Digest;
import java.util.List;

/**
 * What a step reads of one of its inputs.
 *
 * @param digest of all of it, as BuildKit has it
 * @param parts what is read, each with its digest, for people
 */
record ReadContent(Digest digest, List<Part> parts) {

    ReadContent {
        parts = List.copyOf(parts);
    }

    /** The parts, with the name of the input before what is read. */
    List<Part> named(String input) {
        return parts.stream()
                .map(part -> new Part(input + " " + part.name(), part.value()))
                .toList();
    }
}
