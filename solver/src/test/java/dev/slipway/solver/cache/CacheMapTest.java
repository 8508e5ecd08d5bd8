package dev.slipway.solver.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.ContentSelector;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.DiffOp;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.MergeOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The digests are those of BuildKit's own records. */
class CacheMapTest {

    private static final Vertex BASE =
            Vertex.of(SourceOp.of("docker-image://base", Map.of()), List.of(), Optional.empty(), VertexMetadata.EMPTY);
    private static final Edge ROOT = new Edge(BASE, 0);

    private static Vertex run(List<Mount> mounts, List<Edge> inputs) {
        ProcessMeta meta = new ProcessMeta(
                List.of("/bin/sh", "-c", "ls -al /usr/bin/script"),
                List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
                "/",
                "",
                Optional.of(new ProcessMeta.Proxy("http://proxy", "", "", "", "")),
                List.of(),
                "",
                List.of(),
                "",
                true,
                List.of());
        ExecOp op =
                new ExecOp(meta, mounts, ExecOp.NetworkMode.UNSET, ExecOp.SecurityMode.SANDBOX, List.of(), List.of());
        return Vertex.of(op, inputs, Optional.of(Platform.of("linux", "amd64", "")), VertexMetadata.EMPTY);
    }

    private static Vertex file(List<FileAction> actions, Edge... inputs) {
        return Vertex.of(new FileOp(actions), List.of(inputs), Optional.empty(), VertexMetadata.EMPTY);
    }

    private static FileAction.Copy copy(String source, boolean wildcard, List<String> exclude) {
        return new FileAction.Copy(
                source,
                "/usr/bin",
                Optional.empty(),
                -1,
                "",
                true,
                true,
                false,
                true,
                wildcard,
                true,
                FileAction.NO_TIMESTAMP,
                List.of(),
                exclude,
                false,
                List.of());
    }

    private static String record(Vertex vertex) {
        return CacheMap.record(CacheMap.of(vertex).digest(), 0).toString();
    }

    @Test
    void aStepWithARootAloneHasTheRecordThatBuildKitGivesIt() {
        Vertex step = run(List.of(Mount.of(0, "", "/", 0, false, new Mount.Bind())), List.of(ROOT));

        assertThat(record(step)).isEqualTo("sha256:14cf5f5c369a039ed2b3f417dcebd6ec5dcb775054d9d55648832d965d04e5f3");
        assertThat(CacheMap.of(step).inputs().get(0).selector().map(Digest::toString))
                .contains("sha256:8a5edab282632443219e051e4ade2d1d5bbc671c781051bf1437897cbdfea0f1");
    }

    @Test
    void aCopyHasTheRecordThatBuildKitGivesIt() {
        FileAction copy = new FileAction(0, 1, 0, copy("/script", true, List.of()));

        assertThat(record(file(List.of(copy), ROOT, ROOT)))
                .isEqualTo("sha256:1af6ff04e0d4c9da5f10d3cc5d05e437d0110f600e1980f58adbf10a2c4e29fd");
    }

    @Test
    void anImageHasTheRecordsThatBuildKitGivesIt() {
        Digest manifest =
                Digest.sha256("{\"Digest\":\"sha256:0df66f4b733f23ada1a6fa81b0586cf7bb8abd9f4f79de64b17fe87cb9acc55d\","
                        + "\"OS\":\"linux\",\"Arch\":\"amd64\"}");

        assertThat(CacheMap.record(CacheMap.ofSource(manifest.toString()), 0).toString())
                .isEqualTo("sha256:4a2379f6660cb4dd800967a30f08574d4f4b9c719094b2a389674d3809170c54");
    }

    @Test
    void whatIsReadAtSeveralPathsIsHashedOnce() {
        Vertex step = file(
                List.of(
                        new FileAction(0, 1, Op.NONE, copy("/b/c", false, List.of())),
                        new FileAction(2, 1, Op.NONE, copy("/b", false, List.of())),
                        new FileAction(3, 1, Op.NONE, copy("/a*", true, List.of())),
                        new FileAction(4, 1, 0, copy("/b", false, List.of("x")))),
                ROOT,
                ROOT);

        InputUse use = CacheMap.of(step).inputs().get(1);
        assertThat(use.paths()).containsExactly("/b/c", "/b", "/a*", "/b");
        assertThat(use.content()).extracting(ContentSelector::path).containsExactly("/a*", "/b", "/b");
        assertThat(use.content()).extracting(ContentSelector::excludePatterns).contains(List.of("x"));
        assertThat(use.selector()).contains(Digest.sha256("/b/c\0/b\0/b\0/a*"));
    }

    @Test
    void aPatternWithoutWildcardsIsAPathThatNeedNotBeThere() {
        Vertex step = file(List.of(new FileAction(0, 1, 0, copy("/a\\*", true, List.of()))), ROOT, ROOT);

        assertThat(CacheMap.of(step).inputs().get(1).content()).containsExactly(ContentSelector.of("/a\\*"));
    }

    @Test
    void numbersOfActionsCountUnlessTheyAreAPlainChain() {
        FileAction.MakeFile write = new FileAction.MakeFile(
                "/f", 0644, Bytes.of(new byte[] {1}), Optional.empty(), FileAction.NO_TIMESTAMP);

        assertThat(CacheMap.of(file(List.of(new FileAction(Op.NONE, Op.NONE, 0, write))))
                        .digest())
                .isEqualTo(Digest.sha256("{\"Type\":\"buildkit.file.v0\",\"Actions\":["
                        + "\"eyJwYXRoIjoiL2YiLCJtb2RlIjo0MjAsImRhdGEiOiJBUT09IiwidGltZXN0YW1wIjotMX0=\"],"
                        + "\"indexes\":[[-1,-1,0]]}"));
        assertThat(CacheMap.of(file(List.of(new FileAction(0, Op.NONE, 0, write)), ROOT))
                        .digest())
                .isEqualTo(Digest.sha256("{\"Type\":\"buildkit.file.v0\",\"Actions\":["
                        + "\"eyJwYXRoIjoiL2YiLCJtb2RlIjo0MjAsImRhdGEiOiJBUT09IiwidGltZXN0YW1wIjotMX0=\"]}"));
    }

    @Test
    void layersAreMergedAndComparedByTheirPositions() {
        Vertex merge =
                Vertex.of(new MergeOp(List.of(0, 1)), List.of(ROOT, ROOT), Optional.empty(), VertexMetadata.EMPTY);
        Vertex diff = Vertex.of(new DiffOp(Op.NONE, 0), List.of(ROOT), Optional.empty(), VertexMetadata.EMPTY);

        assertThat(CacheMap.of(merge).digest())
                .isEqualTo(Digest.sha256("{\"Type\":\"buildkit.merge.v0\",\"Merge\":{\"inputs\":[{},{\"input\":1}]}}"));
        assertThat(CacheMap.of(diff).digest())
                .isEqualTo(Digest.sha256(
                        "{\"Type\":\"buildkit.diff.v0\",\"Diff\":{\"lower\":{\"input\":-1},\"upper\":{}}}"));
        assertThat(CacheMap.of(merge).inputs()).allMatch(InputUse::builtUpon);
    }
}
