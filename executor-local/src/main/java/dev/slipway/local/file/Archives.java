package dev.slipway.local.file;

import dev.slipway.llb.FileAction;
import dev.slipway.local.layer.Attributes;
import dev.slipway.local.layer.DraftDirectory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.PathResolver;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.local.layer.SpecialFile.Kind;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.local.store.ContentReader;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.layer.Decompression;
import dev.slipway.oci.layer.LayerEntry;
import dev.slipway.oci.layer.LayerLimits;
import dev.slipway.oci.layer.LayerReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Unpacks archives that ADD meets. */
final class Archives {

    private static final int BLOCK = 512;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_END = 156;
    private static final int FOLDER_MODE = 0755;

    private Archives() {}

    /** Whether a file is a tar archive, compressed or not: only its first bytes count, never its name. */
    static boolean isArchive(RegularFile file, ContentReader contents) throws IOException, InterruptedException {
        try (InputStream in = contents.open(file.content());
                InputStream plain = Decompression.open(in)) {
            return isHeader(plain.readNBytes(BLOCK));
        } catch (InvalidImageException e) {
            // It began like a compressed file and is none.
            return false;
        }
    }

    /** Whether the checksum of a tar header fits; of the two ways to sum up, some old archives have the signed one. */
    private static boolean isHeader(byte[] block) {
        if (block.length < BLOCK) {
            return false;
        }
        long unsigned = 0;
        long signed = 0;
        long expected = 0;
        boolean ended = false;
        for (int i = 0; i < BLOCK; i++) {
            boolean inChecksum = i >= CHECKSUM && i < CHECKSUM_END;
            unsigned += inChecksum ? ' ' : block[i] & 0xFF;
            signed += inChecksum ? ' ' : block[i];
            if (inChecksum && block[i] >= '0' && block[i] <= '7' && !ended) {
                expected = expected * 8 + block[i] - '0';
            } else if (inChecksum && expected > 0) {
                ended = true;
            }
        }
        return expected > 0 && (expected == unsigned || expected == signed);
    }

    /**
     * Unpacks an archive into a folder, which is the root for everything in it: links in the way are followed inside it. What
     * stands in the way of an entry is replaced, but folders are merged.
     *
     * @param owner the owner of everything, if one is given
     * @throws InvalidImageException if the archive is damaged or hostile
     */
    static void unpack(RegularFile archive, DraftDirectory target, Optional<OwnerIds> owner, Surroundings surroundings)
            throws IOException, InterruptedException {
        try (LayerReader reader =
                LayerReader.ofArchive(surroundings.contents().open(archive.content()), LayerLimits.DEFAULT)) {
            for (Optional<LayerEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (!entry.get().path().isEmpty()) {
                    add(entry.get(), reader, target, owner, surroundings);
                }
            }
        }
    }

    private static void add(
            LayerEntry entry,
            LayerReader reader,
            DraftDirectory target,
            Optional<OwnerIds> owner,
            Surroundings surroundings)
            throws IOException {
        OwnerIds ids = owner.orElse(new OwnerIds(entry.uid(), entry.gid()));
        Attributes attributes = new Attributes(entry.mode(), ids.uid(), ids.gid(), entry.modified(), entry.xattrs());
        int slash = entry.path().lastIndexOf('/');
        List<String> above = PathResolver.resolve(target, entry.path().substring(0, Math.max(0, slash)))
                .names();
        DraftDirectory folder = TargetFolders.make(
                target, above, surroundings.attributes(FOLDER_MODE, Optional.empty(), FileAction.NO_TIMESTAMP));
        String name = entry.path().substring(slash + 1);
        switch (entry.type()) {
            case DIRECTORY -> {
                Optional<DraftDirectory> existing = folder.folder(name);
                if (existing.isPresent()) {
                    existing.get().setAttributes(attributes);
                } else {
                    folder.makeFolder(name, attributes);
                }
            }
            case FILE ->
                folder.put(
                        name, new RegularFile(attributes, surroundings.added().add(reader.content())));
            case SYMLINK -> folder.put(name, new SymbolicLink(attributes, entry.linkTarget()));
            case HARD_LINK -> folder.put(name, linked(entry, target));
            case CHARACTER_DEVICE -> folder.put(name, special(attributes, Kind.CHARACTER_DEVICE, entry));
            case BLOCK_DEVICE -> folder.put(name, special(attributes, Kind.BLOCK_DEVICE, entry));
            case FIFO -> folder.put(name, special(attributes, Kind.FIFO, entry));
            case WHITEOUT, OPAQUE -> throw new IllegalStateException("an archive has no whiteouts");
        }
    }

    private static SpecialFile special(Attributes attributes, Kind kind, LayerEntry entry) {
        return new SpecialFile(attributes, kind, entry.deviceMajor(), entry.deviceMinor());
    }

    private static Node linked(LayerEntry entry, DraftDirectory target) throws IOException {
        Optional<Node> file =
                PathResolver.resolveParent(target, entry.linkTarget()).node();
        if (file.isEmpty() || file.get() instanceof DraftDirectory) {
            throw new InvalidImageException("the hard link " + entry.path() + " leads to " + entry.linkTarget()
                    + ", which is no file of the archive");
        }
        return file.get();
    }
}
