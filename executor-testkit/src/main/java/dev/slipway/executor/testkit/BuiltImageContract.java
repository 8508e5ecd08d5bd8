package dev.slipway.executor.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.BuildSession;
import dev.slipway.executor.GraphExecutor;
import dev.slipway.executor.GraphWork;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.ImageFiles;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.executor.image.LayerRequest;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises about images, whichever kind of executor built them: their layers, and their files. */
public abstract class BuiltImageContract extends ContractFixture {

    private static final ImageSpec SPEC = new ImageSpec(
            Platform.host(),
            Bytes.utf8("{\"architecture\":\"" + Platform.host().architecture() + "\",\"os\":\""
                    + Platform.host().os() + "\",\"config\":{},\"rootfs\":{\"type\":\"layers\"}}"),
            Optional.empty(),
            Optional.empty());

    private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

    /** The usual media type of a layer that is not compressed. */
    private static final String TAR = "application/vnd.oci.image.layer.v1.tar";

    private BuildSession session;
    private BuiltImage image;

    /** For subclasses. */
    protected BuiltImageContract() {}

    @Override
    protected abstract BuildExecutor open(Path home) throws Exception;

    @BeforeEach
    final void build() throws Exception {
        Path context = newFolder();
        write(context, "app/main", "main");
        write(context, "app/lib/util", "util");
        write(context, "app-data", "data");
        Path base = newFolder();
        BaseImage.write(base);
        session = BuildSession.of(Map.of(CONTEXT, context), Map.of(BaseImage.LAYOUT, base));
        image = build(home());
    }

    /** It is what somebody asked for. */
    @Test
    protected void anImageKnowsWhatItIsToBe() {
        assertEquals(SPEC, image.spec());
    }

    /** Layers stand in the order of the steps, the lowest first, and are the same layers each time. */
    @Test
    protected void layersStandInTheOrderOfTheSteps() throws Exception {
        List<? extends BuiltLayer> layers = image.layers();
        assertEquals(2, layers.size());
        assertEquals(layers, image.layers());
        assertNotEquals(layers.get(0), layers.get(1));
        assertTrue(holds(layers.get(0), "app/lib/util"), "the first layer lacks what the first step copied");
        assertTrue(holds(layers.get(1), "second"), "the second layer lacks what the second step wrote");
    }

    /** Digest and size of a blob are those of its bytes; the diff id and the length are those of the tar stream in it. */
    @Test
    protected void aBlobIsWhatItsDescriptorSays() throws Exception {
        for (BuiltLayer layer : image.layers()) {
            LayerBlob blob = layer.blob(LayerRequest.USUAL, StepMonitor.NONE);
            byte[] bytes = bytes(layer, blob);
            assertEquals(Digest.sha256(bytes), blob.descriptor().digest());
            assertEquals(bytes.length, blob.descriptor().size());
            byte[] tar = unpacked(bytes);
            assertEquals(Digest.sha256(tar), blob.diffId());
            assertEquals(tar.length, blob.unpackedSize());
        }
    }

    /** A blob is compressed as it is wanted, and says so by its media type; the diff id is the same. */
    @Test
    protected void aBlobIsCompressedAsItIsWanted() throws Exception {
        for (BuiltLayer layer : image.layers()) {
            LayerBlob gzip = blob(layer, Compression.GZIP);
            LayerBlob none = blob(layer, Compression.NONE);
            LayerBlob zstd = blob(layer, Compression.ZSTD);
            assertEquals(
                    List.of(TAR + "+gzip", TAR, TAR + "+zstd"),
                    List.of(gzip, none, zstd).stream()
                            .map(blob -> blob.descriptor().mediaType())
                            .toList());
            assertEquals(none.diffId(), none.descriptor().digest());
            assertEquals(none.diffId(), gzip.diffId());
            assertEquals(none.diffId(), zstd.diffId());
            assertEquals(none.diffId(), Digest.sha256(unpacked(bytes(layer, gzip))));
            assertEquals(Bytes.of(ZSTD), Bytes.of(Arrays.copyOf(bytes(layer, zstd), ZSTD.length)));
        }
    }

    /** A layer of a base image stays as it is, whatever is wanted, unless that is forced. What is in it is the same then. */
    @Test
    protected void aLayerOfABaseImageIsConvertedOnlyIfThatIsForced() throws Exception {
        BuiltLayer base = uponBase().layers().get(0);
        LayerBlob kept = base.blob(LayerRequest.USUAL, StepMonitor.NONE);
        assertEquals(TAR, kept.descriptor().mediaType());
        assertEquals(BaseImage.LAYER_DIGEST, kept.descriptor().digest());
        LayerBlob forced = blob(base, Compression.GZIP);
        assertEquals(TAR + "+gzip", forced.descriptor().mediaType());
        assertEquals(BaseImage.LAYER_DIGEST, forced.diffId());
        assertEquals(BaseImage.LAYER_DIGEST, Digest.sha256(unpacked(bytes(base, forced))));
    }

    /** No file of a new layer is later than is wanted; the layers of a base image are not changed for that. */
    @Test
    protected void noFileOfANewLayerIsLaterThanIsWanted() throws Exception {
        List<? extends BuiltLayer> layers = uponBase().layers();
        BuiltLayer made = layers.get(1);
        long time = Llb.TIME / 1_000_000_000;
        assertTrue(times(made, Optional.empty()).contains(time), "the file does not have the time of its step");
        assertEquals(times(made, Optional.empty()), times(made, Optional.of(BaseImage.TIME + 1)));
        assertTrue(times(made, Optional.of(time - 1)).stream().allMatch(each -> each <= time - 1));
        assertEquals(List.of(BaseImage.TIME, BaseImage.TIME), times(layers.get(0), Optional.of(time - 1)));
    }

    /** Of the names of a file the first is a regular file, and the others are hard links to it. */
    @Test
    protected void theOtherNamesOfAFileAreHardLinks() throws Exception {
        try (ImageFiles files = uponBase().files()) {
            FileEntry other = walk(files).stream()
                    .filter(file -> file.path().equals(BaseImage.SECOND_NAME))
                    .findFirst()
                    .orElseThrow();
            assertEquals(EntryType.HARD_LINK, other.type());
            assertEquals(BaseImage.FIRST_NAME, other.linkTarget());
            FileEntry first = files.find(BaseImage.FIRST_NAME).orElseThrow();
            assertEquals(EntryType.FILE, first.type());
            assertEquals(BaseImage.CONTENT, new String(read(files, first), StandardCharsets.UTF_8));
        }
    }

    /** A name that is left when a step has removed the other ones is a file with the content that all of them had. */
    @Test
    protected void aNameIsAFileWhenTheOtherOneIsRemoved() throws Exception {
        BuiltImage removed = build(home(), Llb.changed(BaseImage.source(), Llb.remove("/" + BaseImage.FIRST_NAME)));
        try (ImageFiles files = removed.files()) {
            assertEquals(Optional.empty(), files.find(BaseImage.FIRST_NAME));
            FileEntry left = files.find(BaseImage.SECOND_NAME).orElseThrow();
            assertEquals(EntryType.FILE, left.type());
            assertEquals(BaseImage.CONTENT, new String(read(files, left), StandardCharsets.UTF_8));
        }
    }

    /** The same steps give the same layers, wherever they run and whatever the time is. */
    @Test
    protected void theSameStepsGiveTheSameLayersElsewhere() throws Exception {
        List<Digest> layers = diffIds(image);
        assertEquals(layers, diffIds(build(newFolder().resolve("another home"))));
    }

    /** The root is a folder, and is not among the files. */
    @Test
    protected void theRootIsAFolder() throws Exception {
        try (ImageFiles files = image.files()) {
            assertEquals("", files.root().path());
            assertEquals(EntryType.DIRECTORY, files.root().type());
            assertTrue(walk(files).stream().noneMatch(file -> file.path().isEmpty()));
        }
    }

    /** A walk comes to a folder before what is in it, and to the names of each folder in their natural order. */
    @Test
    protected void aWalkComesToFoldersFirstAndToNamesInOrder() throws Exception {
        try (ImageFiles files = image.files()) {
            List<FileEntry> walked = walk(files);
            assertEquals(
                    List.of("app", "app-data", "app/lib", "app/lib/util", "app/main", "link", "second"),
                    walked.stream().map(FileEntry::path).sorted().toList());
            Map<String, List<String>> names = new HashMap<>();
            names.put("", new ArrayList<>());
            for (FileEntry file : walked) {
                int slash = file.path().lastIndexOf('/');
                String folder = file.path().substring(0, Math.max(slash, 0));
                assertTrue(names.containsKey(folder), () -> file.path() + " comes before its folder");
                names.get(folder).add(file.path().substring(slash + 1));
                if (file.type() == EntryType.DIRECTORY) {
                    names.put(file.path(), new ArrayList<>());
                }
            }
            names.forEach((folder, in) -> assertEquals(in.stream().sorted().toList(), in, folder));
        }
    }

    /** Every regular file can be read, and has the size that its entry says. */
    @Test
    protected void everyFileCanBeRead() throws Exception {
        Map<String, String> contents = new HashMap<>();
        try (ImageFiles files = image.files()) {
            for (FileEntry file : walk(files)) {
                if (file.type() == EntryType.FILE) {
                    byte[] content = read(files, file);
                    assertEquals(file.size(), content.length, file.path());
                    contents.put(file.path(), new String(content, StandardCharsets.UTF_8));
                }
            }
        }
        assertEquals(Map.of("app/main", "main", "app/lib/util", "util", "app-data", "data", "second", "2"), contents);
    }

    /** A file is found by its path, from the root or not, and by links that lead to it; it has its own path then. */
    @Test
    protected void findFollowsLinks() throws Exception {
        try (ImageFiles files = image.files()) {
            FileEntry file = files.find("/app/lib/util").orElseThrow();
            assertEquals("app/lib/util", file.path());
            assertEquals(Optional.of(file), files.find("app/lib/util"));
            assertEquals(Optional.of(file), files.find("/link/util"));
            assertEquals(Optional.empty(), files.find("/gone"));
            assertEquals(Optional.empty(), files.find("/app/main/none"));
            assertEquals("util", new String(read(files, file), StandardCharsets.UTF_8));
        }
    }

    /** Each thread opens the files for itself, and none disturbs another. */
    @Test
    protected void filesCanBeOpenedSeveralTimesAtOnce() throws Exception {
        try (ImageFiles one = image.files();
                ImageFiles other = image.files()) {
            Iterator<FileEntry> walk = one.walk();
            for (FileEntry file : walk(other)) {
                assertEquals(file, walk.next());
            }
        }
    }

    private BuiltImage build(Path home) throws Exception {
        return build(
                home,
                Llb.changed(
                        Llb.copied(Llb.context()),
                        Llb.makeFile("/second", "2"),
                        Llb.symlink("app/lib", "/link"),
                        Llb.makeFile("/gone", "3"),
                        Llb.remove("/gone")));
    }

    private BuiltImage uponBase() throws Exception {
        return build(home(), Llb.changed(BaseImage.source(), Llb.makeFile("/added", "3")));
    }

    private BuiltImage build(Path home, Edge root) throws Exception {
        BuildExecutor executor = closing(open(home));
        if (executor instanceof VertexExecutor steps) {
            VertexWork work = closing(steps.begin(session));
            return work.image(new Steps(work).run(root), SPEC);
        }
        GraphWork work = closing(((GraphExecutor) executor).begin(session));
        return work.build(List.of(new GraphWork.Target(Definition.of(root), SPEC)), event -> {})
                .get(0);
    }

    private static List<FileEntry> walk(ImageFiles files) {
        List<FileEntry> walked = new ArrayList<>();
        files.walk().forEachRemaining(walked::add);
        return walked;
    }

    private static byte[] read(ImageFiles files, FileEntry file) throws IOException, InterruptedException {
        try (InputStream in = files.open(file)) {
            return in.readAllBytes();
        }
    }

    private static LayerBlob blob(BuiltLayer layer, Compression compression) throws InterruptedException {
        return layer.blob(new LayerRequest(compression, true, Optional.empty()), StepMonitor.NONE);
    }

    private static byte[] bytes(BuiltLayer layer, LayerBlob blob) throws IOException {
        try (InputStream in = layer.open(blob.descriptor())) {
            return in.readAllBytes();
        }
    }

    private static List<Long> times(BuiltLayer layer, Optional<Long> latest) throws IOException, InterruptedException {
        LayerRequest wanted = new LayerRequest(Compression.NONE, true, latest.map(Instant::ofEpochSecond));
        return TarBytes.times(bytes(layer, layer.blob(wanted, StepMonitor.NONE)));
    }

    private static byte[] unpacked(byte[] gzip) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        }
    }

    /** Names of a tar archive stand in it as they are. */
    private static boolean holds(BuiltLayer layer, String path) throws IOException, InterruptedException {
        byte[] tar = bytes(layer, blob(layer, Compression.NONE));
        return new String(tar, StandardCharsets.ISO_8859_1).contains(path);
    }

    private static List<Digest> diffIds(BuiltImage image) throws InterruptedException {
        List<Digest> ids = new ArrayList<>();
        for (BuiltLayer layer : image.layers()) {
            ids.add(layer.blob(LayerRequest.USUAL, StepMonitor.NONE).diffId());
        }
        return ids;
    }
}
