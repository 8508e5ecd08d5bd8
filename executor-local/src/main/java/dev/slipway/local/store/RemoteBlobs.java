package dev.slipway.local.store;

import dev.slipway.executor.LayerLostException;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.executor.image.RemoteLayer;
import dev.slipway.executor.text.Reason;
import dev.slipway.llb.Digest;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.VerifyingInputStream;
import dev.slipway.oci.layer.LayerLimits;
import dev.slipway.oci.layer.LayerReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs of layers that are kept elsewhere, and fetched when they are needed for the first time. They are known as long as the store is open. */
public final class RemoteBlobs {

    private final Map<Digest, RemoteLayer> known = new ConcurrentHashMap<>();

    RemoteBlobs() {}

    void add(RemoteLayer layer) {
        known.put(layer.blob().digest(), layer);
    }

    boolean has(Descriptor blob) {
        RemoteLayer layer = known.get(blob.digest());
        return layer != null && layer.blob().size() == blob.size();
    }

    /** The same layer, with what is known of other places that have its blob. */
    public LayerBlob described(LayerBlob blob) {
        RemoteLayer layer = known.get(blob.descriptor().digest());
        if (layer == null) {
            return blob;
        }
        Map<String, String> annotations = new TreeMap<>(layer.blob().annotations());
        annotations.putAll(blob.descriptor().annotations());
        return new LayerBlob(blob.descriptor().withAnnotations(annotations), blob.diffId(), blob.unpackedSize());
    }

    /**
     * Copies a blob from where it is, and checks that it is the layer that it was said to be.
     *
     * @throws LayerLostException if it cannot be had, or is another one; it is not known any more then
     * @throws IOException if it cannot be written, or this thread was interrupted
     */
    void copy(Descriptor blob, OutputStream out) throws IOException {
        RemoteLayer layer = known.get(blob.digest());
        if (layer == null) {
            throw new IOException("layer " + blob.digest() + " is not in the store; build again");
        }
        Copy copy = new Copy(layer, out);
        try {
            copy.run();
        } catch (IOException e) {
            if (copy.failedToWrite || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            known.remove(blob.digest(), layer);
            throw new LayerLostException(
                    blob.digest(), "cannot fetch the cached layer " + blob.digest() + ": " + Reason.of(e), e);
        }
    }

    /** One that goes through a reader of layers on its way. */
    private static final class Copy {

        private final RemoteLayer layer;
        private final OutputStream out;
        private boolean failedToWrite;

        private Copy(RemoteLayer layer, OutputStream out) {
            this.layer = layer;
            this.out = out;
        }

        private void run() throws IOException {
            InputStream blob = VerifyingInputStream.of(layer.source().open(layer.blob()), layer.blob());
            try (LayerReader reader = LayerReader.ofLayer(new Written(blob), LayerLimits.DEFAULT)) {
                while (reader.next().isPresent()) {
                    // It is read to its end.
                }
                if (!reader.diffId().equals(layer.diffId())) {
                    throw new InvalidImageException(
                            "it has the diff id " + reader.diffId() + ", not " + layer.diffId());
                }
            }
        }

        /** What is read of a blob is written. */
        private final class Written extends FilterInputStream {

            private Written(InputStream blob) {
                super(blob);
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int n = in.read(buffer, offset, length);
                if (n > 0) {
                    failedToWrite = true;
                    out.write(buffer, offset, n);
                    failedToWrite = false;
                }
                return n;
            }

            @Override
            public long skip(long count) throws IOException {
                return Math.max(0, read(new byte[(int) Math.min(count, 1 << 16)]));
            }

            @Override
            public boolean markSupported() {
                return false;
            }
        }
    }
}
