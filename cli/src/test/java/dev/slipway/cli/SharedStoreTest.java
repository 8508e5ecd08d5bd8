package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Platform;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.Index;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many builds share in one store, and what makes them run again. */
@Tag("end-to-end")
class SharedStoreTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");
    private static final int PROCESSES = 8;

    @TempDir
    private Path folder;

    private Path context(String name, String dockerfile) throws IOException {
        Path context = Files.createDirectories(folder.resolve(name));
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        Files.writeString(context.resolve("data"), "data\n");
        return context;
    }

    private static List<String> ran(List<BuildEvent> events) {
        return events.stream()
                .filter(BuildEvent.Finished.class::isInstance)
                .map(BuildEvent.Finished.class::cast)
                .filter(event -> event.outcome() == BuildEvent.Outcome.DONE)
                .map(event -> event.step().name())
                .filter(name -> !name.equals("[internal] writing outputs"))
                .toList();
    }

    private List<String> build(Slipway slipway, BuildRequest request) throws InterruptedException {
        List<BuildEvent> events = new ArrayList<>();
        slipway.build(request, events::add);
        return ran(events);
    }

    /** Each file of a part of the store with its number in the file system: what is made again has another. */
    private Map<String, Object> files(String... parts) throws IOException {
        Map<String, Object> files = new TreeMap<>();
        for (String part : parts) {
            Path top = folder.resolve("home/v1").resolve(part);
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.put(file.toString(), attributes.fileKey());
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return files;
    }

    @Test
    void eightProcessesOnAnEmptyStoreFetchAndUnpackABaseOnce() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        Slipway.open(folder.resolve("home")).close();
        try (TestRegistry registry = new TestRegistry(ALPINE);
                StoreWatch watch = new StoreWatch(folder.resolve("home/v1"), "trees", "layers", "blobs", "contents")) {
            List<Background> builds = new ArrayList<>();
            for (int i = 0; i < PROCESSES; i++) {
                int kind = i / 2;
                Path context =
                        context("context" + kind, """
                        FROM %s AS one
                        RUN echo step >> /log && echo shared
                        FROM %s
                        COPY --from=one /log /log
                        COPY data /data
                        RUN echo kind%d >> /log
                        """.formatted(registry.reference(), registry.reference(), kind));
                builds.add(Background.start(
                        folder.resolve("home"),
                        "build",
                        "--output",
                        "type=local,dest=" + folder.resolve("out" + i),
                        "--output",
                        "type=oci,dest=" + folder.resolve("out" + i + ".tar"),
                        context.toString()));
            }
            for (int i = 0; i < PROCESSES; i++) {
                assertThat(builds.get(i).await()).as(builds.get(i).output()).isZero();
                assertThat(folder.resolve("out" + i + "/log")).hasContent("step\nkind" + i / 2 + "\n");
                assertThat(folder.resolve("out" + i + "/data")).hasContent("data\n");
            }
            List<String> layers = registry.blobs().stream().distinct().toList();
            assertThat(registry.requests)
                    .as("each layer was fetched once by all processes together")
                    .filteredOn(request -> isLayer(request))
                    .doesNotHaveDuplicates()
                    .isNotEmpty();
            assertThat(layers).isNotEmpty();
            String base = baseLayer();
            assertThat(watch.made("layers"))
                    .as("indexed")
                    .filteredOn(base::equals)
                    .hasSize(1);
            assertThat(watch.made("trees"))
                    .as("unpacked")
                    .filteredOn(base::equals)
                    .hasSize(1);
            assertThat(watch.made("contents"))
                    .as("read out of its blob")
                    .filteredOn(base::equals)
                    .hasSizeLessThan(2);
            assertThat(watch.made("blobs"))
                    .as("fetched, and not compressed again")
                    .filteredOn(name -> isLayer("/blobs/" + name.replace('-', ':')))
                    .hasSize(1);
            assertThat(Files.readAllLines(folder.resolve("home/v1/layer-blobs").resolve(base)))
                    .as("its blobs")
                    .hasSize(1);

            Map<String, Object> before = files("trees", "blobs", "layers", "layer-blobs");
            registry.requests.clear();
            try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
                Path other = context("other", "FROM " + registry.reference() + "\nRUN echo other > /other\n");
                BuildRequest request = BuildRequest.of(other).output(Output.ociArchive(folder.resolve("other.tar")));
                assertThat(build(slipway, request)).hasSize(1);
                assertThat(registry.blobs()).isEmpty();
                Map<String, Object> after = files("trees", "blobs", "layers", "layer-blobs");
                assertThat(after)
                        .as("nothing is unpacked, indexed or compressed again")
                        .containsAllEntriesOf(before);
            }
        }
    }

    /** The diff id of the base image, which is a single layer. */
    private static String baseLayer() throws IOException {
        OciLayout layout = OciLayout.open(ALPINE);
        return new ImageSelector(layout)
                .select(layout.index().manifests().get(0), Platform.host())
                .config()
                .diffIds()
                .get(0)
                .hex();
    }

    private boolean isLayer(String request) {
        String hex = request.substring(request.lastIndexOf(':') + 1);
        try {
            return request.contains("/blobs/")
                    && Files.size(ALPINE.resolve("blobs/sha256").resolve(hex)) > 100_000;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aMovedTagIsSeenAndAnUnmovedOneCostsOneRequest() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        try (TestRegistry registry = new TestRegistry(ALPINE);
                Slipway slipway = Slipway.open(folder.resolve("home"))) {
            Path context = context("context", "FROM " + registry.reference() + "\nCOPY data /data\n");
            BuildRequest request = BuildRequest.of(context);
            assertThat(build(slipway, request)).isNotEmpty();
            registry.requests.clear();
            assertThat(build(slipway, request)).isEmpty();
            assertThat(registry.requests).as("an unmoved tag").hasSize(1);
        }
        try (TestRegistry registry = new TestRegistry(ALPINE);
                Slipway slipway = Slipway.open(folder.resolve("moved"))) {
            Path index = ALPINE.resolve("blobs/sha256")
                    .resolve(registry.root().digest().hex());
            List<Descriptor> images = Index.parse(Files.readAllBytes(index)).manifests();
            BuildRequest request =
                    BuildRequest.of(context("context", "FROM " + registry.reference() + "\nCOPY data /data\n"));
            registry.tag(images.get(0));
            assertThat(build(slipway, request)).anyMatch(name -> name.contains("COPY"));
            registry.tag(images.get(1));
            assertThat(build(slipway, request)).as("a moved tag").anyMatch(name -> name.contains("COPY"));
            registry.tag(images.get(0));
            assertThat(build(slipway, request)).as("moved back").isEmpty();
        }
    }

    @Test
    void aRebuiltStageWithEqualOutputIsAHitForWhoCopiesFromIt() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        Path context = context("context", """
                FROM alpine AS one
                ARG TURN
                RUN echo same > /made
                FROM alpine
                COPY --from=one /made /made
                RUN cat /made > /end
                """);
        BuildRequest request = BuildRequest.of(context).buildContext("alpine", "oci-layout://" + ALPINE);
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            assertThat(build(slipway, request.buildArg("TURN", "1"))).anyMatch(name -> name.contains("RUN cat"));
            assertThat(build(slipway, request.buildArg("TURN", "2")))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("RUN echo");
        }
    }

    @Test
    void aBuildForOnePlatformIsAHitForTheSharedPartOfAnother() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        Path context = context("context", """
                FROM --platform=$BUILDPLATFORM alpine AS build
                RUN echo made > /made
                FROM scratch
                COPY --from=build /made /made
                """);
        BuildRequest request = BuildRequest.of(context).buildContext("alpine", "oci-layout://" + ALPINE);
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            assertThat(build(slipway, request.platforms("linux/amd64"))).anyMatch(name -> name.contains("RUN echo"));
            assertThat(build(slipway, request.platforms("linux/arm64"))).noneMatch(name -> name.contains("RUN echo"));
        }
    }
}
