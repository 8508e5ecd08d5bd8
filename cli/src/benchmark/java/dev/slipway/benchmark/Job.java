package dev.slipway.benchmark;

import dev.slipway.executor.Output;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A build, as every engine is given it.
 *
 * @param context the folder with the Dockerfile
 * @param base the OCI layout that {@code alpine} stands for
 * @param platforms what is built; none for the machine's own
 * @param output what is made of it, if anything is
 */
record Job(Path context, Path base, List<String> platforms, Optional<Output> output) {

    /** The output in the words of buildx, which others took over. */
    Optional<String> outputWords() {
        return output.map(one -> {
            StringBuilder words = new StringBuilder("type=" + one.type());
            one.destination().ifPresent(place -> words.append(",dest=").append(place));
            one.attributes().forEach((name, value) -> words.append(',').append(name).append('=').append(value));
            return words.toString();
        });
    }
}
