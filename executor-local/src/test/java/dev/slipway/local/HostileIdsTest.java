package dev.slipway.local;

import static dev.slipway.local.TestBuild.copy;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.local;
import static dev.slipway.local.TestBuild.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.DiffOp;
import dev.slipway.llb.Digest;
import dev.slipway.llb.MergeOp;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.local.store.folder.StoreFolder.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Names that come from outside and might be taken for names of files (CVE-2026-33747): of results, sources and caches. Whatever they
 * are, nothing beside the store is read, and nothing is written or removed.
 */
class HostileIdsTest {

    @TempDir
    private Path folder;

    private TestBuild build;
    private Path outside;
    private List<Path> before;

    @BeforeEach
    void open() throws Exception {
        build = new TestBuild(folder);
        build.put("a", "1");
        build.run(local());
        outside = Files.createDirectory(folder.resolve("outside"));
        // What a list of layers, an index and a record look like, so that a wrong look-up would find something.
        Path store = build.executor.store().folder().of(Part.LAYERS);
        try (Stream<Path> layers = Files.list(store)) {
            Files.copy(layers.findFirst().orElseThrow(), outside.resolve("layer"));
        }
        Files.writeString(
                outside.resolve("list"),
                Digest.sha256("a").hex() + "\n" + Digest.sha256("b").hex() + "\n");
        before = everythingBeside();
    }

    private List<Path> everythingBeside() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path part : List.of(folder, outside, build.context, folder.resolve("home"), folder.resolve("home/v1"))) {
            try (Stream<Path> list = Files.list(part)) {
                list.sorted().forEach(files::add);
            }
        }
        return files;
    }

    @AfterEach
    void nothingBesideTheStoreHasChanged() throws IOException {
        assertThat(everythingBeside()).isEqualTo(before);
        build.close();
    }

    static List<String> ids() {
        String hex = Digest.sha256("a").hex();
        return List.of(
                "../../../outside/layer",
                "../../../outside/list",
                "../../../outside/planted",
                "../records/" + hex,
                "/etc/passwd",
                "/proc/self/environ",
                ".",
                "..",
                "a/../b",
                "layers",
                hex.toUpperCase(java.util.Locale.ROOT),
                hex + "\n",
                hex + "/../" + hex,
                hex + "\0",
                hex.substring(1),
                "sha256:" + hex,
                " ",
                "a".repeat(10_000));
    }

    private interface Use {
        Object of(Result result) throws Exception;
    }

    @ParameterizedTest
    @MethodSource("ids")
    void ofAResult(String id) throws Exception {
        Result result = new Result(id);
        Vertex copied = file(Optional.of(local()), Optional.empty(), copy("/a", "/b"));
        Vertex merged = TestBuild.vertex(new MergeOp(List.of(0)), List.of(local()));
        Vertex compared = TestBuild.vertex(new DiffOp(-1, 0), List.of(local()));
        Vertex run = TestBuild.exec(local(), List.of(), List.of(), "/bin/true");
        ImageSpec spec = new ImageSpec(
                Platform.host(),
                Bytes.utf8("{\"architecture\":\"amd64\",\"os\":\"linux\"}"),
                Optional.empty(),
                Optional.empty());
        List<Use> uses = List.of(
                r -> build.work.run(copied, List.of(r), StepMonitor.NONE),
                r -> build.work.run(merged, List.of(r), StepMonitor.NONE),
                r -> build.work.run(compared, List.of(r), StepMonitor.NONE),
                r -> build.work.run(run, List.of(r), StepMonitor.NONE),
                r -> build.work.contentDigest(r, List.of(ContentSelector.of("/"))),
                r -> build.work.readFile(r, "/a", 10),
                r -> build.work.programs(r, platform -> true),
                r -> build.work.image(r, spec).layers(),
                r -> build.work.image(r, spec).files());
        for (int i = 0; i < uses.size(); i++) {
            Use use = uses.get(i);
            assertThatThrownBy(() -> use.of(result))
                    .as("use " + i)
                    .isInstanceOf(ExecutorException.class)
                    .hasMessageMatching("(?s).* (is not|is no longer) in the store.*");
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void ofAResultInARecord(String id) {
        Digest key = Digest.sha256("key");
        build.work.save(new CacheRecord(key, "step", List.of(), List.of(), List.of(new Result(id))));
        assertThat(build.work.find(key)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void ofASource(String id) {
        for (String scheme :
                List.of("local://", "oci-layout://", "docker-image://", "git://", "http://", "blob://", "")) {
            Vertex vertex = source(scheme + id, Map.of("oci.store", id, "oci.session", id, "http.checksum", id));
            assertThatThrownBy(() -> build.work.run(vertex, List.of(), StepMonitor.NONE))
                    .as(scheme + id)
                    .isInstanceOf(ExecutorException.class);
        }
    }

    @Test
    void ofADigest() {
        for (String id : ids()) {
            assertThatThrownBy(() -> Digest.parse(id.startsWith("sha256:") ? id + "0" : "sha256:" + id))
                    .as(id)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
