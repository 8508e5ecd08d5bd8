package dev.slipway.provenance;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Edge;
import dev.slipway.llb.SourceLocation.SourceFile;
import java.util.List;
import java.util.Map;

/**
 * The parts of provenance that only the mode {@code max} contains.
 *
 * @param definition the steps
 * @param dockerfile what they come from
 * @param reading the definition of the folder with the Dockerfile
 * @param layers of the results of steps, lowest first, as far as there are any
 */
public record Detail(
        Definition definition,
        SourceFile dockerfile,
        Definition reading,
        Map<Edge, List<? extends BuiltLayer>> layers) {

    public Detail {
        requireNonNull(definition, "definition is null");
        requireNonNull(dockerfile, "dockerfile is null");
        requireNonNull(reading, "reading is null");
        layers = Map.copyOf(requireNonNull(layers, "layers is null"));
    }
}
