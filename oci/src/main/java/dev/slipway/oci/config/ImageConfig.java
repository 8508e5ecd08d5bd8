package dev.slipway.oci.config;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The config document of an image.
 *
 * @param created when it was made, if stated
 * @param author who made it; empty if not stated
 * @param platform its platform; parts that it does not name are empty
 * @param diffIds the digests of its uncompressed layers, lowest first
 * @param history how it was made, oldest first
 * @param config how a container is started
 * @param otherFields the JSON of fields that Docker does not know
 */
public record ImageConfig(
        Optional<OffsetDateTime> created,
        String author,
        Platform platform,
        List<Digest> diffIds,
        List<HistoryEntry> history,
        ContainerConfig config,
        SortedMap<String, String> otherFields) {

    public ImageConfig {
        requireNonNull(created, "created is null");
        requireNonNull(author, "author is null");
        requireNonNull(platform, "platform is null");
        diffIds = List.copyOf(requireNonNull(diffIds, "diffIds is null"));
        history = List.copyOf(requireNonNull(history, "history is null"));
        requireNonNull(config, "config is null");
        otherFields = ContainerConfig.sorted(otherFields);
    }

    /**
     * Reads a config. Names of fields are matched without regard to letter case, as Go does.
     *
     * @throws InvalidImageConfigException if this is not one
     */
    public static ImageConfig parse(Bytes json) {
        return ImageConfigReader.read(json);
    }

    /** This config with other layers, and with another history and time. */
    public ImageConfig with(Optional<OffsetDateTime> created, List<Digest> diffIds, List<HistoryEntry> history) {
        return new ImageConfig(created, author, platform, diffIds, history, config, otherFields);
    }

    /** The document, as the reference writes it: known fields in a fixed order, then the others by name. */
    public Bytes toJson() {
        return Bytes.utf8(ImageConfigWriter.write(this));
    }
}
