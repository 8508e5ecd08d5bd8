package dev.slipway.cli;

import dev.slipway.oci.files.FileTree;
import dev.slipway.oci.files.TreeFile;
import dev.slipway.oci.inspect.InspectedImage;
import dev.slipway.oci.inspect.Inspection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What is shown of an image.
 *
 * @param name how it was asked for
 * @param inspection what was found
 * @param images those that are shown in full
 */
record ImageListing(String name, Inspection inspection, List<Shown> images) {

    /**
     * An image with its files, if they are wanted.
     *
     * @param image its documents
     * @param files none if they are not wanted
     */
    record Shown(InspectedImage image, Collection<TreeFile> files) {}

    ImageListing(String name, Inspection inspection, List<InspectedImage> images, boolean files) throws IOException {
        this(name, inspection, withFiles(images, files));
    }

    private static List<Shown> withFiles(List<InspectedImage> images, boolean files) throws IOException {
        List<Shown> shown = new ArrayList<>();
        for (InspectedImage image : images) {
            shown.add(
                    new Shown(image, files ? FileTree.of(image.image()).files().values() : List.of()));
        }
        return shown;
    }
}
