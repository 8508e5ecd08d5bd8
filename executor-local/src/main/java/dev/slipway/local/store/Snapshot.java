package dev.slipway.local.store;

import dev.slipway.executor.Result;
import dev.slipway.llb.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * A root as a list of layers.
 *
 * @param layers ids, lowest first
 */
public record Snapshot(List<String> layers) {

    /** The empty root. */
    public static final Snapshot EMPTY = new Snapshot(List.of());

    public Snapshot {
        layers = List.copyOf(layers);
    }

    /** The same with a layer on top. */
    public Snapshot with(String layer) {
        return with(List.of(layer));
    }

    /** The same with layers on top, the lowest of them first. */
    public Snapshot with(List<String> added) {
        List<String> all = new ArrayList<>(layers);
        all.addAll(added);
        return new Snapshot(all);
    }

    /**
     * The name of the root: that of its layer, if there is only one, else one that the names of all layers make, the lowest two
     * first, so that a root knows the names of those it was built upon.
     */
    public Result result() {
        if (layers.isEmpty()) {
            return Result.EMPTY;
        }
        String id = layers.get(0);
        for (String layer : layers.subList(1, layers.size())) {
            id = over(id, layer);
        }
        return new Result(id);
    }

    /** The name of the root that a layer makes of the root of this name. */
    static String over(String lower, String layer) {
        return lower.isEmpty()
                ? layer
                : Digest.sha256("slipway snapshot\n" + lower + "\n" + layer).hex();
    }
}
