package dev.slipway.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.ImageReference;
import dev.slipway.frontend.Converted;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceLocation.SourceFile;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import dev.slipway.oci.json.JsonWriter;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BuildProvenanceTest {

    private static final String COMMIT = "0123456789012345678901234567890123456789";
    private static final Digest CONTENT = Digest.sha256("content");
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private static SourceCollector collector() {
        return new SourceCollector(source -> {
            String scheme = ((SourceOp) source.op()).scheme();
            return switch (scheme) {
                case "git" -> Optional.of(COMMIT);
                case "http", "https" -> Optional.of(CONTENT.toString());
                default -> Optional.empty();
            };
        });
    }

    private static Definition definition(String dockerfile, String... arguments) {
        return Converted.of(dockerfile, request -> {
                    for (int i = 0; i < arguments.length; i += 2) {
                        request.buildArg(arguments[i], arguments[i + 1]);
                    }
                })
                .conversion()
                .definition();
    }

    private static String document(
            SourceCollector sources,
            Definition definition,
            Optional<String> context,
            String dockerfile,
            Map<String, String> arguments)
            throws InterruptedException {
        BuildProvenance provenance = new BuildProvenance(
                sources.definition(definition).sources(),
                new BuildParameters(new TreeMap<>(arguments), context, Optional.of("Dockerfile")),
                new Invocation("id", TIME, TIME, Platform.of("linux", "amd64", "")),
                "",
                false,
                Optional.of(new Detail(
                        definition,
                        new SourceFile("Dockerfile", "Dockerfile", Bytes.utf8(dockerfile)),
                        Definition.empty(),
                        Map.of())));
        return JsonWriter.compact().value(provenance.slsa1(List.of())).toString();
    }

    @Test
    void imagesRepositoriesAndFilesAreMaterialsWithTheirDigests() throws Exception {
        Definition definition = definition("""
                FROM alpine:3.22
                ADD https://me:secret@example.com/file /
                ADD https://me:secret@example.com/a/b.git#main:folder /
                RUN --network=none true
                """);
        Digest alpine = Converted.digestOf("docker.io/library/alpine:3.22");
        SourceCollector collector = collector()
                .image(new ResolvedSource(
                        ImageReference.parse("alpine:3.22"), Optional.of(Converted.AMD64), alpine, false));
        assertThat(collector.definition(definition).sources().materials())
                .extracting(Material::uri)
                .containsExactly(
                        "pkg:docker/alpine@3.22?platform=linux%2Famd64",
                        "https://xxxxx:xxxxx@example.com/a/b.git#main", "https://xxxxx:xxxxx@example.com/file");
        String document = document(collector, definition, Optional.empty(), "", Map.of());
        assertThat(document)
                .contains("{\"uri\":\"pkg:docker/alpine@3.22?platform=linux%2Famd64\",\"digest\":{\"sha256\":\""
                        + alpine.hex() + "\"}}")
                .contains("\"digest\":{\"sha1\":\"" + COMMIT + "\"}")
                .contains("\"digest\":{\"sha256\":\"" + CONTENT.hex() + "\"}")
                .contains(
                        "\"secrets\":[{\"id\":\"GIT_AUTH_HEADER\",\"optional\":true},{\"id\":\"GIT_AUTH_TOKEN\",\"optional\":true}]")
                .contains(
                        "\"buildkit_hermetic\":true,\"buildkit_completeness\":{\"request\":true,\"resolvedDependencies\":true}")
                .doesNotContain("secret@");
    }

    @Test
    void anImageThatTheBuildPinsItselfKeepsItsDigestInTheName() throws Exception {
        Digest digest = Digest.sha256("pinned");
        Definition definition = definition("FROM alpine:3.22@" + digest + "\nRUN true\n");
        SourceCollector collector = collector();
        assertThat(collector.definition(definition).sources().materials())
                .extracting(Material::uri)
                .allMatch(uri -> uri.startsWith("pkg:docker/alpine@3.22?digest=sha256:"));
    }

    @Test
    void theContextIsTheConfigSourceWithItsCommit() throws Exception {
        Definition definition = definition("FROM scratch\nADD https://example.com/a/b.git#main:folder /\n");
        assertThat(document(
                        collector(), definition, Optional.of("https://example.com/a/b.git#main:folder"), "", Map.of()))
                .contains(
                        "\"configSource\":{\"uri\":\"https://example.com/a/b.git#main:folder\",\"digest\":{\"sha1\":\""
                                + COMMIT + "\"},\"path\":\"Dockerfile\"}");
    }

    @Test
    void theNetworkIsSaidToBeWithinReach() throws Exception {
        assertThat(document(collector(), definition("FROM alpine\nRUN true\n"), Optional.empty(), "", Map.of()))
                .contains("\"resolvedDependencies\":true}")
                .doesNotContain("hermetic");
    }

    @Test
    void theValueOfAnArgumentWhoseNameSaysThatItIsASecretIsHidden() throws Exception {
        String dockerfile = "FROM alpine\nARG API_TOKEN\nARG KIND\nRUN true\n";
        String document = document(
                collector(),
                definition(dockerfile, "API_TOKEN", "hunter2", "KIND", "plain"),
                Optional.empty(),
                dockerfile,
                Map.of("build-arg:API_TOKEN", "hunter2", "build-arg:KIND", "plain"));
        assertThat(document)
                .contains("\"build-arg:API_TOKEN\":\"xxxxx\",\"build-arg:KIND\":\"plain\"")
                .contains("\"API_TOKEN=xxxxx\",\"KIND=plain\"")
                .doesNotContain("hunter2");
    }

    @Test
    void passwordsInTheDockerfileAreHiddenInTheirPlace() throws Exception {
        String dockerfile = "FROM scratch\nADD https://me:secret@h/x /\n";
        String document = document(collector(), definition(dockerfile), Optional.empty(), dockerfile, Map.of());
        String shown = "FROM scratch\nADD https://xxxxxxxxx@h/x /\n";
        assertThat(document)
                .contains("\"data\":\"" + Base64.getEncoder().encodeToString(shown.getBytes()) + "\"")
                .doesNotContain("secret");
    }

    @Test
    void aGraphMayBeThousandsOfStepsDeep() {
        Edge edge = new Edge(
                Vertex.of(SourceOp.of("local://x", Map.of()), List.of(), Optional.empty(), VertexMetadata.EMPTY), 0);
        for (int i = 0; i < 20_000; i++) {
            FileOp remove = new FileOp(List.of(new FileAction(0, -1, 0, new FileAction.Remove("/" + i, false, false))));
            edge = new Edge(Vertex.of(remove, List.of(edge), Optional.empty(), VertexMetadata.EMPTY), 0);
        }
        BuildSteps steps = BuildSteps.of(Definition.of(edge));
        assertThat(steps.definition()).hasSize(20_002);
        assertThat(steps.name(edge)).isEqualTo("step20000:0");
    }
}
