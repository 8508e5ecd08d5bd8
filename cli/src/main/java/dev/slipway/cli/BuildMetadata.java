package dev.slipway.cli;

import static java.util.Objects.requireNonNull;

import dev.slipway.BuildResult;
import dev.slipway.PlatformImage;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.Output;
import dev.slipway.oci.DescriptorJson;
import dev.slipway.oci.json.JsonWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code --metadata-file} says of a build: buildx's keys, and one of our own with what is said of each platform. */
final class BuildMetadata {

    private static final String DIGEST = "containerimage.digest";
    private static final String CONFIG = "containerimage.config.digest";

    private final Map<String, Object> members = new TreeMap<>();

    private BuildMetadata() {}

    /** @param outputs what was written */
    static BuildMetadata of(BuildResult result, List<Output> outputs) {
        BuildMetadata metadata = new BuildMetadata();
        // In buildx, the builder, its node and the build.
        metadata.members.put("buildx.build.ref", "slipway/local/" + result.id());
        if (result.hasDigests()) {
            metadata.image(result);
            name(outputs).ifPresent(name -> metadata.members.put("image.name", name));
        }
        ProvenanceMetadata.of(result).forEach(metadata.members::put);
        return metadata;
    }

    private void image(BuildResult result) {
        members.put(DIGEST, result.digest().toString());
        members.put("containerimage.descriptor", DescriptorJson.write(result.descriptor()));
        if (!result.imageId().equals(result.digest())) {
            members.put(CONFIG, result.imageId().toString());
        }
        Map<String, Object> images = new LinkedHashMap<>();
        for (PlatformImage image : result.images()) {
            Map<String, String> digests = new TreeMap<>();
            digests.put(DIGEST, image.digest().toString());
            digests.put(CONFIG, image.configDigest().toString());
            images.put(image.platform().formatAll(), digests);
        }
        members.put("slipway.images", images);
    }

    /** As the last output has it, whose image it is as well. */
    private static Optional<String> name(List<Output> outputs) {
        return outputs.stream()
                .filter(output -> OutputOption.isImage(output)
                        && !output.attributes().getOrDefault("name", "").isEmpty())
                .reduce((first, last) -> last)
                .map(BuildMetadata::name);
    }

    /** In a layout, BuildKit writes full names, else those that it is given. */
    private static String name(Output output) {
        String names = requireNonNull(output.attributes().get("name"));
        if (!OutputOption.isLayout(output)) {
            return names;
        }
        return Arrays.stream(names.split(","))
                .map(name -> ImageReference.parse(name.strip()).withDefaultTag().toString())
                .collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return JsonWriter.readable().value(members).toString();
    }
}
