package dev.slipway.local.store;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.TempFolder;
import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Index;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.VerifyingInputStream;
import dev.slipway.oci.disk.FileLocks;
import dev.slipway.oci.disk.FileStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs by digest: compressed layers, and the documents of images. */
public final class BlobStore implements BlobSource {

    private final Path folder;
    private final StoreFolder store;
    private final TempFolder temp;
    private final Map<Digest, FileStatus> verified = new ConcurrentHashMap<>();
    private final Lease lease;
    private final RemoteBlobs remote = new RemoteBlobs();

    BlobStore(StoreFolder store, TempFolder temp, Lease lease) {
        this.folder = store.of(StoreFolder.Part.BLOBS);
        this.store = store;
        this.temp = temp;
        this.lease = lease;
    }

    /** Where the blob is or will be. */
    public Path path(Descriptor descriptor) {
        return folder.resolve(
                descriptor.digest().algorithm() + "-" + descriptor.digest().hex());
    }

    /** Whether the blob is there, with the size that it should have. */
    public boolean has(Descriptor descriptor) {
        try {
            return Files.size(path(descriptor)) == descriptor.size();
        } catch (IOException e) {
            return false;
        }
    }

    /** Blobs that are fetched when they are opened. */
    RemoteBlobs remote() {
        return remote;
    }

    /** Whether the blob can be opened, if only by fetching it. */
    boolean canOpen(Descriptor descriptor) {
        return has(descriptor) || remote.has(descriptor);
    }

    /** A blob that this process has read whole, and that nobody can have changed since, is not digested again. */
    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        Path path = path(descriptor);
        if (remote.has(descriptor) && !has(descriptor)) {
            fetchRemote(descriptor);
        }
        try {
            FileStatus status = FileStatus.of(path);
            InputStream in = Files.newInputStream(path);
            if (status.equals(verified.get(descriptor.digest()))) {
                return VerifyingInputStream.ofVerified(in, descriptor);
            }
            boolean settled = status.isSettled(Instant.now());
            return VerifyingInputStream.of(in, descriptor, new VerifyingInputStream.Listener() {
                @Override
                public void verified() {
                    if (settled) {
                        verified.put(descriptor.digest(), status);
                    }
                }

                @Override
                public InvalidImageException damaged(String message) throws IOException {
                    Files.deleteIfExists(path);
                    return new InvalidImageException(message + "; it has been removed from the store: build again");
                }
            });
        } catch (NoSuchFileException e) {
            throw new BlobNotFoundException("blob " + descriptor.digest() + " is not in the store");
        }
    }

    /**
     * Fetches a blob unless it is there. Of several that ask for one blob at a time, in this process or another, one fetches it.
     *
     * @throws IOException if the source does not have it, or something else under its digest
     */
    public void fetch(Descriptor descriptor, BlobSource source) throws IOException, InterruptedException {
        lease.keep(descriptor.digest().hex());
        if (has(descriptor)) {
            return;
        }
        FileLocks.exclusively(store.lock("fetch", descriptor.digest().hex()), () -> {
            if (!has(descriptor)) {
                temp.write(path(descriptor), out -> copy(descriptor, source, out));
            }
        });
    }

    private void fetchRemote(Descriptor descriptor) throws IOException {
        try {
            lease.keep(descriptor.digest().hex());
            FileLocks.exclusively(store.lock("fetch", descriptor.digest().hex()), () -> {
                if (!has(descriptor)) {
                    temp.write(path(descriptor), out -> remote.copy(descriptor, out));
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /** Like {@link #fetch}, for a small blob: several that fetch it at a time do no harm. */
    public void fetchDocument(Descriptor descriptor, BlobSource source) throws IOException {
        if (!has(descriptor)) {
            byte[] document = source.read(descriptor).toArray();
            store(descriptor, document);
        }
    }

    private void store(Descriptor descriptor, byte[] document) throws IOException {
        temp.write(path(descriptor), out -> out.write(document));
    }

    /** The manifest or index of this digest, if it is there. */
    public Optional<Descriptor> document(Digest digest) throws IOException {
        Path path = path(Descriptor.of("", digest, 0));
        if (!Files.exists(path) || Files.size(path) > MAX_DOCUMENT_SIZE) {
            return Optional.empty();
        }
        Descriptor unknown = Descriptor.of("", digest, Files.size(path));
        try {
            return Optional.of(unknown.withMediaType(mediaType(read(unknown).toArray())));
        } catch (InvalidImageException e) {
            Files.deleteIfExists(path);
            return Optional.empty();
        }
    }

    private static String mediaType(byte[] document) throws InvalidImageException {
        try {
            return Manifest.parse(document).mediaType();
        } catch (InvalidImageException e) {
            return Index.parse(document).mediaType();
        }
    }

    private static void copy(Descriptor descriptor, BlobSource source, OutputStream out) throws IOException {
        try (InputStream in = VerifyingInputStream.of(source.open(descriptor), descriptor)) {
            in.transferTo(out);
        }
    }

    /** Reads a blob whole: if it is damaged, it is removed, so that it is fetched or made again. */
    void check(Descriptor descriptor) throws IOException {
        try (InputStream in = open(descriptor)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Takes over a file that was written in the temporary folder. */
    void add(Descriptor descriptor, Path file) throws IOException, InterruptedException {
        lease.keep(descriptor.digest().hex());
        Files.move(file, path(descriptor), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
