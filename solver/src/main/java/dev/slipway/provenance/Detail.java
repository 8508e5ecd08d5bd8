package dev.slipway.provenance;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Edge;
import dev.slipway.llb.SourceLocation.SourceFile;
import java.util.List;
import java.util.Map;

/**
 * What provenance says only where all is wanted.
 *
 * @param definition the steps
 * @param dockerfile what they come from
 * @param reading how the folder of the Dockerfile is made
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
