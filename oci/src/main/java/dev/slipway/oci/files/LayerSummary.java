package dev.slipway.oci.files;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Digest;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The content of a layer, independent of order and form.
 *
 * @param content equal if the entries are the same apart from their times
 * @param exact equal if the times are the same, too
 */
public record LayerSummary(Digest content, Digest exact) {

    public LayerSummary {
        requireNonNull(content, "content is null");
        requireNonNull(exact, "exact is null");
    }

    /** Combines entries in any order by adding their digests, which needs no memory for the entries. */
    static final class Builder {

        private BigInteger content = BigInteger.ZERO;
        private BigInteger exact = BigInteger.ZERO;

        void add(FileEntry entry, Optional<Digest> data) {
            String text = FileFields.of(new TreeFile(entry, data, 0)).toString();
            content = content.add(number(entry.path() + "\0" + text));
            exact = exact.add(number(entry.path() + "\0" + text + "\0" + entry.modified()));
        }

        private static BigInteger number(String text) {
            return new BigInteger(Digest.sha256(text).hex(), 16);
        }

        LayerSummary build() {
            return new LayerSummary(Digest.sha256(content.toString()), Digest.sha256(exact.toString()));
        }
    }
}
