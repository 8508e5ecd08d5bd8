package dev.slipway.oci.registry;

import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.VerifyingInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A blob on its way to a registry. It reports its progress, and remembers if reading it failed, which would otherwise look like
 * a failure of the connection.
 */
final class Upload implements Call.Content {

    private final String repository;
    private final Descriptor blob;
    private final BlobSource source;
    private final StepMonitor monitor;
    private volatile @Nullable IOException failure;

    Upload(String repository, Descriptor blob, BlobSource source, StepMonitor monitor) {
        this.repository = repository;
        this.blob = blob;
        this.source = source;
        this.monitor = monitor;
    }

    Descriptor blob() {
        return blob;
    }

    /** Its name in progress: one blob may go to several registries. */
    String name() {
        return repository + "@" + blob.digest();
    }

    /** Why the blob could not be read, if reading failed. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public InputStream open() throws IOException {
        try {
            return new Watched(VerifyingInputStream.of(source.open(blob), blob));
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private final class Watched extends FilterInputStream {

        private long count;

        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                int n = in.read(buffer, offset, length);
                if (n > 0) {
                    count += n;
                    monitor.progress(Activity.UPLOADING, name(), count, blob.size());
                }
                return n;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
