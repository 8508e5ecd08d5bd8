package dev.slipway.local.layer;

import dev.slipway.executor.ExecutorException;
import dev.slipway.oci.disk.DeepStack;
import java.util.stream.IntStream;

/** How deep the folders of a layer may lie in each other. */
public final class Depth {

    private static final int SHOWN = 80;

    private Depth() {}

    /**
     * Requires of a layer that a path can lead to each of its files. The root is no part of any path.
     *
     * @throws ExecutorException if one lies deeper than {@link DeepStack#MAX_FOLDERS}
     */
    public static void require(Directory layer) {
        if (layer.depth() - 1 > DeepStack.MAX_FOLDERS) {
            throw new ExecutorException("folders are nested more than " + DeepStack.MAX_FOLDERS
                    + " deep, which no path on Linux can reach: " + beginning(layer) + "...");
        }
    }

    private static String beginning(Directory layer) {
        StringBuilder path = new StringBuilder();
        Directory folder = layer;
        while (path.length() < SHOWN) {
            Directory above = folder;
            int deepest = IntStream.range(0, above.size())
                    .filter(i -> above.node(i) instanceof Directory child && child.depth() == above.depth() - 1)
                    .findFirst()
                    .orElseThrow();
            path.append('/').append(above.name(deepest));
            folder = (Directory) above.node(deepest);
        }
        return path.substring(0, SHOWN);
    }
}
