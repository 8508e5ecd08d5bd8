package dev.slipway.cli;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.DescriptorJson;
import dev.slipway.oci.json.JsonWriter;
import dev.slipway.oci.place.ImagePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What a merge leaves word of in a file, under buildx's names. */
final class MergeMetadata {

    private MergeMetadata() {}

    static void write(Path file, Descriptor index, List<ImagePlace> targets) throws IOException {
        String names =
                targets.stream().map(MergeMetadata::name).distinct().sorted().collect(Collectors.joining(","));
        byte[] json = JsonWriter.readable()
                .startObject()
                .member("containerimage.descriptor", DescriptorJson.write(index))
                .member("containerimage.digest", index.digest().toString())
                .member("image.name", names)
                .endObject()
                .toBytes();
        Files.write(file, json);
    }

    private static String name(ImagePlace place) {
        return place instanceof ImagePlace.OfRegistry registry
                ? registry.reference().name()
                : place.toString();
    }
}
