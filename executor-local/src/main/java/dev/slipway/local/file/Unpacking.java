package dev.slipway.local.file;

import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.FileAction;
import dev.slipway.local.layer.DraftDirectory;
import dev.slipway.local.layer.HardLinks;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.PathResolver;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.local.layer.SpecialFile.Kind;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.layer.LayerLimits;
import dev.slipway.oci.layer.LayerReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Unpacks an archive into a folder, which is the root for everything in it: links in the way are followed inside it. What stands
 * in the way of an entry is replaced, but folders are merged.
 */
final class Unpacking {

    private static final int FOLDER_MODE = 0755;

    private final DraftDirectory target;
    private final Optional<OwnerIds> owner;
    private final Surroundings surroundings;
    private final Map<RegularFile, List<Place>> names = new IdentityHashMap<>();
    private final Map<DraftDirectory, Instant> folders = new IdentityHashMap<>();

    /**
     * @param owner the owner of everything, if one is given
     */
    Unpacking(DraftDirectory target, Optional<OwnerIds> owner, Surroundings surroundings) {
        this.target = target;
        this.owner = owner;
        this.surroundings = surroundings;
    }

    private record Place(DraftDirectory folder, String name) {}

    /**
     * Unpacks an archive.
     *
     * @throws InvalidImageException if it is damaged or hostile
     */
    void run(RegularFile archive) throws IOException, InterruptedException {
        try (LayerReader reader =
                LayerReader.ofArchive(surroundings.contents().open(archive.content()), LayerLimits.DEFAULT)) {
            for (Optional<FileEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (!entry.get().path().isEmpty()) {
                    add(entry.get(), reader);
                }
            }
        }
        // What came into a folder has changed its time.
        folders.forEach((made, time) -> made.setAttributes(made.attributes().withModified(time)));
    }

    private void add(FileEntry entry, LayerReader reader) throws IOException {
        int slash = entry.path().lastIndexOf('/');
        String above = entry.path().substring(0, Math.max(0, slash));
        DraftDirectory folder = TargetFolders.make(
                target,
                above,
                surroundings.attributes(FOLDER_MODE, Optional.of(OwnerIds.ROOT), FileAction.NO_TIMESTAMP));
        Place place = new Place(folder, entry.path().substring(slash + 1));
        Attributes attributes = attributes(entry, place);
        switch (entry.type()) {
            case DIRECTORY -> addFolder(place, attributes);
            case FILE ->
                addFile(place, new RegularFile(attributes, surroundings.added().add(reader.content())));
            case SYMLINK -> folder.put(place.name, new SymbolicLink(attributes, entry.linkTarget()));
            case HARD_LINK -> link(place, entry, attributes);
            case CHARACTER_DEVICE -> addSpecial(place, attributes, Kind.CHARACTER_DEVICE, entry);
            case BLOCK_DEVICE -> addSpecial(place, attributes, Kind.BLOCK_DEVICE, entry);
            case FIFO -> addSpecial(place, attributes, Kind.FIFO, entry);
            case WHITEOUT, OPAQUE -> throw new IllegalStateException("an archive has no whiteouts");
        }
    }

    private Attributes attributes(FileEntry entry, Place place) {
        boolean folder = entry.type() == EntryType.DIRECTORY;
        OwnerIds before = place.folder
                .folder(place.name)
                .filter(existing -> folder)
                .map(existing -> OwnerIds.of(existing.attributes()))
                .orElseGet(() -> OwnerIds.madeIn(place.folder.attributes()));
        OwnerIds ids = owner.orElse(new OwnerIds(entry.uid(), entry.gid())).after(before);
        return new Attributes(entry.mode(), ids.uid(), ids.gid(), entry.modified(), xattrs(entry));
    }

    /** Linux gives those of users to files and folders alone. */
    private static SortedMap<String, Bytes> xattrs(FileEntry entry) {
        SortedMap<String, Bytes> xattrs = new TreeMap<>(entry.xattrs());
        switch (entry.type()) {
            case FILE, DIRECTORY, HARD_LINK -> {
                // They can have all.
            }
            default -> xattrs.keySet().removeIf(name -> name.startsWith("user."));
        }
        return xattrs;
    }

    private void addFolder(Place place, Attributes attributes) {
        Optional<DraftDirectory> existing = place.folder.folder(place.name);
        existing.ifPresent(folder ->
                folder.setAttributes(attributes.withAdded(folder.attributes().xattrs())));
        DraftDirectory folder = existing.orElseGet(() -> place.folder.makeFolder(place.name, attributes));
        folders.put(folder, attributes.modified());
    }

    private void addFile(Place place, RegularFile file) {
        place.folder.put(place.name, file);
        List<Place> places = new ArrayList<>();
        places.add(place);
        names.put(file, places);
    }

    private static void addSpecial(Place place, Attributes attributes, Kind kind, FileEntry entry) {
        place.folder.put(place.name, new SpecialFile(attributes, kind, entry.deviceMajor(), entry.deviceMinor()));
    }

    /** What the entry of a link says of owner, mode and time holds for the file, under all of its names: Docker does so. */
    @SuppressWarnings("ReferenceEquality") // Files that are equal need not be one.
    private void link(Place place, FileEntry entry, Attributes attributes) throws IOException {
        Node node =
                PathResolver.resolveParent(target, entry.linkTarget()).node().orElse(null);
        if (node == null || node instanceof DraftDirectory) {
            throw new InvalidImageException("the hard link " + entry.path() + " leads to " + entry.linkTarget()
                    + ", which is not a file of the archive");
        }
        List<Place> places = node instanceof RegularFile file ? names.remove(file) : null;
        if (places == null) {
            place.folder.put(place.name, node);
            return;
        }
        RegularFile changed = (RegularFile) HardLinks.linked(node, attributes);
        places.add(place);
        for (Place each : places) {
            if (each.folder.child(each.name).orElse(null) == node || each == place) {
                each.folder.put(each.name, changed);
            }
        }
        names.put(changed, places);
    }
}
