package dev.slipway.oci.files;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Digest;
import java.util.Optional;

/**
 * A file of an image. One with several names appears as a separate file under each.
 *
 * @param entry the entry in the uppermost layer that has it
 * @param content the digest of a regular file's content
 * @param layer the number of that layer, from 0
 */
public record TreeFile(FileEntry entry, Optional<Digest> content, int layer) {

    public TreeFile {
        requireNonNull(entry, "entry is null");
        requireNonNull(content, "content is null");
    }
}
