package dev.slipway.llbjson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Definition;
import dev.slipway.llb.DiffOp;
import dev.slipway.llb.Edge;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileAction.Owner;
import dev.slipway.llb.FileAction.UserId;
import dev.slipway.llb.FileAction.UserName;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.MergeOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.llb.SourceLocation;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the corpus does not hold; the rest is compared there, vertex by vertex. */
class DefinitionJsonTest {

    @Test
    void anExecHasAllItsFields() throws IOException {
        ProcessMeta meta = new ProcessMeta(
                List.of("a"),
                List.of(),
                "/",
                "u",
                Optional.of(new ProcessMeta.Proxy("1", "2", "3", "4", "5")),
                List.of(new ProcessMeta.HostIp("h", "::1")),
                "name",
                List.of(new ProcessMeta.Ulimit("nofile", 1, -1)),
                "/c",
                false,
                List.of(0, 3));
        ExecOp exec = new ExecOp(
                meta,
                List.of(
                        Mount.of(Op.NONE, "", "/t", Op.NONE, false, new Mount.Tmpfs(0)),
                        new Mount(0, "", "/", 0, false, new Mount.Bind(), "r", Mount.ContentCache.OFF)),
                ExecOp.NetworkMode.HOST,
                ExecOp.SecurityMode.INSECURE,
                List.of(),
                List.of(new ExecOp.CdiDevice("d", true)));
        assertThat(op(exec)).isEqualTo(json("""
                        {"exec": {
                          "meta": {"args": ["a"], "cwd": "/", "user": "u",
                            "proxyEnv": {"httpProxy": "1", "httpsProxy": "2", "ftpProxy": "3", "noProxy": "4", "allProxy": "5"},
                            "extraHosts": [{"Host": "h", "IP": "::1"}], "hostname": "name",
                            "ulimit": [{"Name": "nofile", "Soft": "1", "Hard": "-1"}], "cgroupParent": "/c", "validExitCodes": [0, 3]},
                          "mounts": [{"input": "-1", "dest": "/t", "output": "-1", "mountType": "TMPFS", "TmpfsOpt": {}},
                            {"dest": "/", "resultID": "r", "contentCache": "OFF"}],
                          "network": "HOST", "security": "INSECURE", "cdiDevices": [{"name": "d", "optional": true}]},
                         "constraints": {}}"""));
    }

    @Test
    void aFileOpHasAllItsActions() throws IOException {
        Optional<Owner> owner = Optional.of(new Owner(Optional.of(new UserId(-1)), Optional.of(new UserName("g", 1))));
        FileOp file = new FileOp(List.of(
                new FileAction(0, -1, -1, new FileAction.Remove("/r", true, true)),
                new FileAction(1, -1, -1, new FileAction.Symlink("t", "/l", owner, -1)),
                new FileAction(2, -1, 0, new FileAction.MakeFile("/f", 420, Bytes.utf8("x"), Optional.empty(), 7))));
        assertThat(op(file)).isEqualTo(json("""
                        {"file": {"actions": [
                          {"secondaryInput": "-1", "output": "-1", "rm": {"path": "/r", "allowNotFound": true, "allowWildcard": true}},
                          {"input": "1", "secondaryInput": "-1", "output": "-1", "symlink": {"oldpath": "t", "newpath": "/l",
                            "owner": {"user": {"byID": 4294967295}, "group": {"byName": {"name": "g", "input": "1"}}}, "timestamp": "-1"}},
                          {"input": "2", "secondaryInput": "-1", "mkfile": {"path": "/f", "mode": 420, "data": "eA==", "timestamp": "7"}}]},
                         "constraints": {}}"""));
    }

    @Test
    void mergeAndDiffNameTheirInputs() throws IOException {
        assertThat(op(new MergeOp(List.of(0, 1))))
                .isEqualTo(json("{\"merge\": {\"inputs\": [{}, {\"input\": \"1\"}]}, \"constraints\": {}}"));
        assertThat(op(new DiffOp(-1, 0)))
                .isEqualTo(json("{\"diff\": {\"lower\": {\"input\": \"-1\"}, \"upper\": {}}, \"constraints\": {}}"));
    }

    @Test
    void whatStandsBesideAVertexIsWrittenWithItsSource() throws IOException {
        SourceLocation.SourceFile dockerfile =
                new SourceLocation.SourceFile("Dockerfile", "Dockerfile", Bytes.utf8("FROM x"));
        VertexMetadata metadata = new VertexMetadata(
                new TreeMap<>(Map.of("llb.customname", "n")),
                true,
                new TreeSet<>(List.of("source.image")),
                Optional.of(new VertexMetadata.ProgressGroup("1", "g", false)),
                new TreeMap<>(Map.of("memory", "5", "cpusetMems", "0")),
                List.of(new SourceLocation(dockerfile, List.of(new SourceLocation.Range(1, 0, 1, 0)))));
        Vertex vertex = Vertex.of(
                SourceOp.of("docker-image://x", Map.of("k", "v")),
                List.of(),
                Optional.of(new Platform("windows", "amd64", "", "10", List.of("f"))),
                metadata);
        JsonNode written = json(DefinitionJson.write(
                Platform.of("linux", "amd64", ""), Definition.of(new Edge(vertex, 0)), Bytes.utf8("{}")));
        assertThat(written.path("vertices").path(0).path("op")).isEqualTo(json("""
                        {"source": {"identifier": "docker-image://x", "attrs": {"k": "v"}},
                         "platform": {"Architecture": "amd64", "OS": "windows", "OSVersion": "10", "OSFeatures": ["f"]},
                         "constraints": {}}"""));
        assertThat(written.path("vertices").path(0).path("metadata")).isEqualTo(json("""
                        {"ignore_cache": true, "description": {"llb.customname": "n"}, "caps": {"source.image": true},
                         "progress_group": {"id": "1", "name": "g"}, "linux_resources": {"memory": 5, "cpusetMems": "0"}}"""));
        assertThat(written.path("vertices")
                        .path(1)
                        .path("op")
                        .path("inputs")
                        .path(0)
                        .path("digest")
                        .asText())
                .isEqualTo(vertex.digest().toString());
        assertThat(written.path("source")).isEqualTo(json("""
                        {"locations": {"%s": {"locations": [{"ranges": [{"start": {"line": 1}, "end": {"line": 1}}]}]}},
                         "infos": [{"filename": "Dockerfile", "data": "RlJPTSB4", "language": "Dockerfile"}]}""".formatted(vertex.digest())));
    }

    @Test
    void anEmptyDefinitionHasNoVertices() throws IOException {
        assertThat(DefinitionJson.withoutSource(Definition.empty())).isEqualTo("{}");
    }

    /** An op as it is written, without its two inputs. */
    private static JsonNode op(Op op) throws IOException {
        List<Edge> inputs = Stream.of("local://a", "local://b")
                .map(source ->
                        Vertex.of(SourceOp.of(source, Map.of()), List.of(), Optional.empty(), VertexMetadata.EMPTY))
                .map(source -> new Edge(source, 0))
                .toList();
        Vertex vertex = Vertex.of(op, inputs, Optional.empty(), VertexMetadata.EMPTY);
        JsonNode vertices = json(DefinitionJson.withoutSource(Definition.of(new Edge(vertex, 0))))
                .path("vertices");
        ObjectNode written = (ObjectNode) vertices.path(vertices.size() - 2).path("op");
        assertThat(written.remove("inputs")).hasSize(2);
        return written;
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
