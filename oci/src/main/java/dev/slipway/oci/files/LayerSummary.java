package dev.slipway.oci.files;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Digest;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What is in a layer, whatever the order and the form in which it is written.
 *
 * @param content equal to another's if the entries are the same but for their times
 * @param exact equal to another's if the times are the same, too
 */
public record LayerSummary(Digest content, Digest exact) {

    public LayerSummary {
        requireNonNull(content, "content is null");
        requireNonNull(exact, "exact is null");
    }

    /** Sums up entries in any order: adding their digests up needs no memory for them. */
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
