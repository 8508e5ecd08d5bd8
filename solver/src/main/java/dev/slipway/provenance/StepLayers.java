package dev.slipway.provenance;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.attest.WrittenLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The blobs of which the results of steps consist. Results that are not part of the image have none. */
final class StepLayers {

    private final Map<BuiltLayer, Descriptor> blobs = new HashMap<>();

    StepLayers(List<WrittenLayer> written) {
        written.forEach(layer -> blobs.put(layer.layer(), layer.descriptor()));
    }

    /** By the name of an output, such as {@code step0:0}, a list of one list of blobs: BuildKit may know several. */
    Map<String, Object> of(Detail detail, BuildSteps steps) {
        Map<String, Object> results = new TreeMap<>();
        detail.layers().forEach((edge, layers) -> {
            if (!layers.isEmpty() && blobs.keySet().containsAll(layers)) {
                List<Object> chain = new ArrayList<>();
                layers.forEach(layer -> chain.add(json(requireNonNull(blobs.get(layer)))));
                results.put(steps.name(edge), List.of(chain));
            }
        });
        return results;
    }

    private static Map<String, Object> json(Descriptor blob) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("mediaType", blob.mediaType());
        members.put("digest", blob.digest().toString());
        members.put("size", blob.size());
        if (!blob.annotations().isEmpty()) {
            members.put("annotations", blob.annotations());
        }
        return members;
    }
}
