package dev.slipway.solver;

import static dev.slipway.solver.Graphs.AMD64;
import static dev.slipway.solver.Graphs.copy;
import static dev.slipway.solver.Graphs.run;
import static dev.slipway.solver.Graphs.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.Result;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Mount.Cache.Sharing;
import dev.slipway.llb.Mount.ContentCache;
import dev.slipway.llb.Op;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import dev.slipway.solver.cache.CacheMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VertexKeysTest {

    private static final Vertex BASE = source("base");
    private static final Vertex FROM = source("from");

    /** The key of a vertex whose inputs are only known by what they are to be. */
    private static Digest byDefinition(Vertex vertex) {
        List<VertexKeys.Key> keys = vertex.inputs().stream()
                .map(input -> VertexKeys.source(input.vertex(), input.vertex().digest()))
                .toList();
        return VertexKeys.definition(vertex, CacheMap.of(vertex), keys).digest();
    }

    /** The key of a vertex that reads the same content wherever it reads, from results that are not the same. */
    private static Digest byContent(Vertex vertex) {
        CacheMap map = CacheMap.of(vertex);
        List<Result> inputs = new ArrayList<>();
        Map<Integer, ReadContent> contents = new HashMap<>();
        for (int i = 0; i < map.inputs().size(); i++) {
            inputs.add(new Result(vertex.inputs().get(i).vertex().digest().hex()));
            if (map.inputs().get(i).byContent()) {
                contents.put(i, new ReadContent(Digest.sha256("content"), List.of()));
            }
        }
        return VertexKeys.content(vertex, map, inputs, contents).digest();
    }

    private static Vertex mounting(Vertex from, Mount mount) {
        Vertex plain = run("use", BASE);
        ExecOp op = (ExecOp) plain.op();
        return Vertex.of(
                new ExecOp(
                        op.meta(),
                        List.of(op.mounts().get(0), mount),
                        op.network(),
                        op.security(),
                        op.secretEnvironment(),
                        op.cdiDevices()),
                List.of(new Edge(BASE, 0), new Edge(from, 0)),
                Optional.of(AMD64),
                VertexMetadata.EMPTY);
    }

    private static Vertex bind(Vertex from, String selector) {
        return mounting(from, Mount.of(1, selector, "/in", Op.NONE, true, new Mount.Bind()));
    }

    private static Vertex cache(String id, Sharing sharing) {
        return mounting(FROM, Mount.of(1, "", "/c", Op.NONE, false, new Mount.Cache(id, sharing)));
    }

    @Test
    void theNameOfACacheAndItsSharingMakeNoDifference() {
        Digest one = byDefinition(cache("/one", Sharing.SHARED));

        assertThat(byDefinition(cache("/two", Sharing.SHARED))).isEqualTo(one);
        assertThat(byDefinition(cache("/one", Sharing.LOCKED))).isEqualTo(one);
        assertThat(byDefinition(cache("//c", Sharing.PRIVATE))).isEqualTo(one);
    }

    @Test
    void theNameThatACacheHasWithoutOneDoes() {
        Digest standard = byDefinition(cache("//c", Sharing.SHARED));

        assertThat(standard).isNotEqualTo(byDefinition(cache("/one", Sharing.SHARED)));
        assertThat(standard).isNotEqualTo(byDefinition(cache("space//c", Sharing.SHARED)));
        assertThat(standard).isNotEqualTo(byDefinition(cache("//c", Sharing.LOCKED)));
    }

    @Test
    void whatACacheBeginsWithCountsByItsContent() {
        Mount mount = Mount.of(1, "/seed", "/c", Op.NONE, false, new Mount.Cache("/c", Sharing.SHARED));

        assertThat(byContent(mounting(FROM, mount))).isEqualTo(byContent(mounting(source("other"), mount)));
    }

    @Test
    void anotherPlaceInAnInputIsAnotherKeyByDefinitionAndNotByContent() {
        Vertex one = bind(FROM, "/one");
        Vertex two = bind(FROM, "/two");

        assertThat(byDefinition(one)).isNotEqualTo(byDefinition(two)).isNotEqualTo(byDefinition(bind(FROM, "")));
        assertThat(byContent(one)).isEqualTo(byContent(two));
        assertThat(byDefinition(copy("/one/f", BASE, FROM))).isNotEqualTo(byDefinition(from("/two/f", "/one/f")));
        assertThat(byContent(copy("/one/f", BASE, FROM))).isEqualTo(byContent(from("/two/f", "/one/f")));
    }

    @Test
    void theNameOfWhatIsCopiedCounts() {
        assertThat(byContent(copy("/one/f", BASE, FROM))).isNotEqualTo(byContent(from("/one/g", "/one/f")));
    }

    private static Vertex from(String path, String destination) {
        Vertex plain = copy(destination, BASE, FROM);
        FileAction.Copy made = (FileAction.Copy)
                ((FileOp) copy(path, BASE, FROM).op()).actions().get(0).command();
        FileAction.Copy copy = new FileAction.Copy(
                made.source(),
                destination,
                made.owner(),
                made.mode(),
                made.modeText(),
                made.followSymlink(),
                made.directoryContents(),
                made.attemptUnpack(),
                made.createDestinationPath(),
                made.allowWildcard(),
                made.allowEmptyWildcard(),
                made.timestamp(),
                made.includePatterns(),
                made.excludePatterns(),
                made.alwaysReplaceDestination(),
                made.requiredPaths());
        return Vertex.of(
                new FileOp(List.of(new FileAction(0, 1, 0, copy))),
                plain.inputs(),
                plain.platform(),
                VertexMetadata.EMPTY);
    }

    @Test
    void aPartOfAnInputThatGoesOnIsBoundToThatInput() {
        Mount part = Mount.of(1, "/part", "/in", 1, false, new Mount.Bind());
        Mount all = Mount.of(1, "", "/in", 1, false, new Mount.Bind());

        assertThat(byContent(mounting(FROM, part))).isNotEqualTo(byContent(mounting(source("other"), part)));
        assertThat(byContent(mounting(FROM, all))).isEqualTo(byContent(mounting(source("other"), all)));
    }

    @Test
    void aMountSaysWhetherItCountsByContent() {
        Mount off = new Mount(1, "", "/in", Op.NONE, true, new Mount.Bind(), "", ContentCache.OFF);

        assertThat(byContent(mounting(FROM, off))).isNotEqualTo(byContent(mounting(source("other"), off)));
    }

    @Test
    void aProxyMakesNoDifference() {
        Vertex plain = run("make", BASE);
        ExecOp op = (ExecOp) plain.op();
        ProcessMeta meta = op.meta();
        ProcessMeta proxied = new ProcessMeta(
                meta.arguments(),
                meta.environment(),
                meta.workingDirectory(),
                meta.user(),
                Optional.of(new ProcessMeta.Proxy("http://proxy", "", "", "", "")),
                meta.extraHosts(),
                meta.hostname(),
                meta.ulimits(),
                meta.cgroupParent(),
                meta.removeMountStubsRecursive(),
                meta.validExitCodes());
        Vertex other = Vertex.of(
                new ExecOp(proxied, op.mounts(), op.network(), op.security(), op.secretEnvironment(), op.cdiDevices()),
                plain.inputs(),
                plain.platform(),
                VertexMetadata.EMPTY);

        assertThat(byContent(other)).isEqualTo(byContent(plain));
        assertThat(other.digest()).isNotEqualTo(plain.digest());
    }

    @Test
    void anotherInputIsAnotherKey() {
        assertThat(byDefinition(run("use", BASE, FROM))).isNotEqualTo(byDefinition(run("use", BASE, BASE)));
    }

    @Test
    void ofAnInputThatIsBuiltUponAndReadBothCount() {
        Vertex base = source("base");
        Vertex other = source("other");
        Mount read = Mount.of(0, "/part", "/in", Op.NONE, true, new Mount.Bind());

        assertThat(byContent(alsoReading(base, read))).isNotEqualTo(byContent(alsoReading(other, read)));
    }

    private static Vertex alsoReading(Vertex base, Mount mount) {
        ExecOp op = (ExecOp) run("use", base).op();
        return Vertex.of(
                new ExecOp(
                        op.meta(),
                        List.of(op.mounts().get(0), mount),
                        op.network(),
                        op.security(),
                        op.secretEnvironment(),
                        op.cdiDevices()),
                List.of(new Edge(base, 0)),
                Optional.of(AMD64),
                VertexMetadata.EMPTY);
    }

    @Test
    void whatASourceIsCalledMakesNoDifference() {
        Digest content = Digest.sha256("content");

        assertThat(VertexKeys.source(source("one"), content).digest())
                .isEqualTo(VertexKeys.source(source("two"), content).digest());
    }
}
