package dev.slipway.sources;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.lock.Lock;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what a bundle says of itself. */
public final class BundleReader {

    private BundleReader() {}

    /** @throws ExecutorException if it is no bundle */
    public static Bundle read(Path path) {
        Map<Digest, Digest> sources = new HashMap<>();
        Optional<Descriptor> listed = Optional.empty();
        try (OciLayout layout = OciLayout.open(path)) {
            for (Descriptor entry : layout.index().manifests()) {
                if (entry.annotations().containsKey(BundleFormat.LOCK)) {
                    listed = Optional.of(entry);
                }
                String key = entry.annotations().get(BundleFormat.SOURCE);
                if (key != null) {
                    sources.put(Digest.parse(key), entry.digest());
                }
            }
            if (listed.isEmpty()) {
                throw new ExecutorException(path + " is not a bundle; make one with slipway lock --bundle");
            }
            Manifest manifest = Manifest.parse(layout.read(listed.get()).toArray());
            Lock lock = Lock.parse(layout.read(manifest.layers().get(0)).toArray());
            return new Bundle(path.toAbsolutePath(), lock, sources);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new ExecutorException("cannot read the bundle " + path + ": " + e.getMessage(), e);
        }
    }
}
