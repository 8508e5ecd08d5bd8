package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorProvider;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.graph.BuildGraph;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.cache.CacheGraph;
import dev.slipway.solver.Solver;
import dev.slipway.solver.cache.ExportMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds the contexts of a folder from an empty store and compares the records of each build with those that the reference engine exported:
 * what it always exports has to be there, and nothing that it never does. The folders are named by the properties {@code slipway.builds} and
 * {@code slipway.cache}. A second build, in which everything is found, has to export the same.
 */
@Tag("end-to-end")
class CacheKeysHarnessTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path BUILDS =
            Path.of(System.getProperty("slipway.builds", ROOT + "/../shared/reference/builds"));
    private static final Path CACHE = Path.of(System.getProperty("slipway.cache", ROOT + "/../shared/reference/cache"));
    private static final Path BASE =
            Path.of(System.getProperty("slipway.builds.base", ROOT + "/target/images/reference-base"));

    /** Only the builds whose name holds this text are run. */
    private static final String ONLY = System.getProperty("slipway.builds.only", "");

    /**
     * What the reference exports of this one holds records of another build, which touches {@code /2} without the variable that is set here: the
     * engine had not forgotten them, and the content that both copy led to them.
     */
    private static final List<String> OTHER =
            List.of("bud-from-as/Dockerfile.skip MIN", "bud-from-as/Dockerfile.skip MAX");

    private static final String PLATFORM = "linux/amd64";

    @TempDir
    private Path temporary;

    private final ExecutorService pool = Executors.newFixedThreadPool(4);
    private final CacheTally tally = new CacheTally();

    @Test
    void everyBuildHasTheRecordsThatTheReferenceHas() throws Exception {
        assumeTrue(Files.isDirectory(BUILDS), "no folder of builds at " + BUILDS);
        assumeTrue(Files.isDirectory(CACHE), "no folder of caches at " + CACHE);
        assumeTrue(Files.isDirectory(BASE), "no base image at " + BASE);
        try (Stream<Path> files = Files.list(CACHE)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString().replaceFirst("\\.json$", "");
                Path context = temporary.resolve("contexts").resolve(name);
                Files.createDirectories(context.getParent());
                ExpectedBuilds.checkOut(BUILDS.resolve(name), context);
                for (JsonNode expected : JSON.readTree(file.toFile()).get("cases")) {
                    compare(name, context, expected);
                }
            }
        } finally {
            pool.shutdownNow();
        }
        System.out.println("cache records equal: " + tally.records() + "; links equal: " + tally.links());
        assertThat(tally.different()).isSubsetOf(OTHER);
    }

    private void compare(String name, Path context, JsonNode expected) throws Exception {
        String dockerfile = expected.get("dockerfile").asText();
        if (!(name + "/" + dockerfile).contains(ONLY)) {
            return;
        }
        Path home = Files.createTempDirectory(temporary, "home");
        Definition definition = definition(home, context, dockerfile);
        Map<ExportMode, CacheGraph<Result>> fresh = build(home, context, definition);
        Map<ExportMode, CacheGraph<Result>> found = build(home, context, definition);
        for (ExportMode mode : ExportMode.values()) {
            JsonNode reference = expected.get(mode.name().toLowerCase(Locale.ROOT));
            tally.compare(name + "/" + dockerfile + " " + mode, fresh.get(mode), reference);
            assertThat(CacheSets.of(found.get(mode)))
                    .as("exported by a build of %s/%s in which all is found", name, dockerfile)
                    .isEqualTo(CacheSets.of(fresh.get(mode)));
        }
    }

    private static Definition definition(Path home, Path context, String dockerfile) throws Exception {
        BuildRequest request =
                BuildRequest.of(context).dockerfile(context.resolve(dockerfile)).platforms(PLATFORM);
        for (String name : BuildsHarnessTest.BASE_NAMES) {
            request = request.buildContext(name, "oci-layout://" + BASE);
        }
        try (Slipway slipway = Slipway.open(home, Map.of())) {
            return slipway.convert(request).get(Platform.parse(PLATFORM)).definition();
        }
    }

    private Map<ExportMode, CacheGraph<Result>> build(Path home, Path context, Definition definition) throws Exception {
        BuildGraph graph = BuildGraph.merge(Map.of(Platform.parse(PLATFORM), definition));
        try (VertexExecutor executor =
                        (VertexExecutor) ExecutorProvider.named("local").open(ExecutorSettings.of(home));
                VertexWork work = executor.begin(session(context, definition))) {
            var solution = new Solver("local", pool, Clock.systemUTC()).solve(graph, work, event -> {});
            Map<ExportMode, CacheGraph<Result>> caches = new TreeMap<>();
            for (ExportMode mode : ExportMode.values()) {
                caches.put(mode, solution.cache(mode));
            }
            return caches;
        }
    }

    /** What the sources of the graph call the context and the base image. */
    private static BuildSession session(Path context, Definition definition) {
        Map<String, Path> folders = new TreeMap<>();
        Map<String, Path> layouts = new TreeMap<>();
        for (Vertex vertex : definition.vertices()) {
            if (vertex.op() instanceof SourceOp source) {
                if (source.scheme().equals("local")) {
                    folders.put(source.address(), context);
                } else if (source.attributes().containsKey("oci.store")) {
                    layouts.put(source.attributes().get("oci.store"), BASE);
                }
            }
        }
        return BuildSession.of(folders, layouts);
    }
}
