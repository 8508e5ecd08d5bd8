package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.attest.Provenance;
import dev.slipway.attest.Sbom;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.Index;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonObject;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What builds say about their images, read back from what they wrote. */
@Tag("end-to-end")
class AttestationBuildTest {

    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images",
                    Path.of(System.getProperty("slipway.root", ".."), "target/images")
                            .toString()))
            .resolve("alpine");

    /** Follows BuildKit's protocol for scanners, and finds what has one of two names. */
    private static final String SCANNER = """
            #!/bin/sh
            for source in "$BUILDKIT_SCAN_SOURCE" ${BUILDKIT_SCAN_SOURCE_EXTRAS:+"$BUILDKIT_SCAN_SOURCE_EXTRAS"/*}; do
              files=$(cd "$source" && find . -type f | grep -E '/(a|made)$' | sort |
                  sed 's|.*|{"SPDXID":"SPDXRef-&","fileName":"&"}|' | paste -sd, -)
              cat > "$BUILDKIT_SCAN_DESTINATION/$(basename "$source").spdx.json" <<EOT
            {"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://spdx.dev/Document","predicate":
             {"spdxVersion":"SPDX-2.3","name":"$BUILDKIT_SCAN_NAME","creationInfo":{"creators":["Tool: scan"]},
              "files":[$files]}}
            EOT
            done
            """;

    @TempDir
    private Path folder;

    private Path context;

    @BeforeEach
    void makeContext() throws IOException {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("a"), "a\n");
    }

    private BuildRequest request(String dockerfile) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        return BuildRequest.of(context).buildContext("alpine", "oci-layout://" + ALPINE);
    }

    private OciLayout build(BuildRequest request) throws Exception {
        return build(request, Progress.none());
    }

    private OciLayout build(BuildRequest request, Progress progress) throws Exception {
        Path layout = folder.resolve("out");
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            slipway.build(request.output(Output.ociLayout(layout)), progress);
        }
        OciLayout built = OciLayout.open(layout);
        assertThat(ImageValidator.problems(built.index().manifests().get(0), built))
                .isEmpty();
        return built;
    }

    private static List<Descriptor> manifests(OciLayout layout) throws IOException {
        return Index.parse(layout.read(layout.index().manifests().get(0)).toArray())
                .manifests();
    }

    private static Manifest manifest(OciLayout layout, int position) throws IOException {
        return Manifest.parse(layout.read(manifests(layout).get(position)).toArray());
    }

    private static JsonObject statement(OciLayout layout, int manifest, int position) throws IOException {
        return Json.object(
                layout.read(manifest(layout, manifest).layers().get(position)).toArray());
    }

    private static JsonObject member(JsonObject object, String... names) throws IOException {
        JsonObject found = object;
        for (String name : names) {
            found = found.object(name).orElseThrow(() -> new AssertionError("there is no " + name));
        }
        return found;
    }

    @Test
    void provenanceTellsStepsSourcesAndLayers() throws Exception {
        BuildRequest request =
                request("""
                FROM alpine AS build
                RUN --mount=type=secret,id=none echo made > /made
                FROM alpine
                COPY --from=build /made /to/
                COPY a /to/
                LABEL kind=test
                """).buildArg("KIND", "x").label("more", "1").provenance(Provenance.max());
        try (OciLayout layout = build(request)) {
            assertThat(manifests(layout)).hasSize(2);
            JsonObject predicate = member(statement(layout, 1, 0), "predicate");
            JsonObject asked = member(predicate, "buildDefinition", "externalParameters", "request");
            assertThat(asked.texts("args"))
                    .containsEntry("build-arg:KIND", "x")
                    .containsEntry("label:more", "1")
                    .containsKey("context:alpine");
            assertThat(asked.objects("locals"))
                    .extracting(local -> local.string("name"))
                    .containsExactly("context", "dockerfile");
            assertThat(asked.objects("secrets").get(0).string("id")).isEqualTo("none");
            JsonObject config = member(predicate, "buildDefinition", "internalParameters", "buildConfig");
            assertThat(config.objects("llbDefinition"))
                    .extracting(step -> step.string("id"))
                    .containsExactly("step0", "step1", "step2", "step3", "step4", "step5");
            assertThat(new TreeMap<>(config.texts("digestMapping")).values())
                    .containsExactlyInAnyOrder("step0", "step1", "step2", "step3", "step4", "step5");
            JsonObject metadata = member(predicate, "runDetails", "metadata", "buildkit_metadata");
            List<String> layers = manifest(layout, 0).layers().stream()
                    .map(layer -> layer.digest().toString())
                    .toList();
            assertThat(blobs(metadata, "step0:0")).containsExactly(layers.get(0));
            // What another stage made is no layer of the image.
            assertThat(member(metadata, "layers").names()).doesNotContain("step1:0");
            assertThat(blobs(metadata, "step4:0")).isEqualTo(layers);
            assertThat(member(metadata, "source", "locations", "step1")
                            .objects("locations")
                            .get(0)
                            .objects("ranges"))
                    .extracting(range -> member(range, "start").number("line"))
                    .containsExactly(2L);
            assertThat(predicate
                            .object("buildDefinition")
                            .orElseThrow()
                            .objects("resolvedDependencies")
                            .get(0)
                            .string("uri"))
                    .startsWith("pkg:oci/alpine?digest=sha256:");
        }
    }

    private static List<String> blobs(JsonObject metadata, String output) throws IOException {
        List<String> digests = new ArrayList<>();
        Object chains = member(metadata, "layers").members().get(output);
        for (Object blob : (List<?>) ((List<?>) chains).get(0)) {
            digests.add((String) ((Map<?, ?>) blob).get("digest"));
        }
        return digests;
    }

    @Test
    void littleIsToldWhereLittleIsWanted() throws Exception {
        BuildRequest request = request("FROM alpine\nRUN true\n")
                .buildArg("KIND", "x")
                .provenance(Provenance.of(Map.of("mode", "min", "version", "v0.2", "builder-id", "https://b.example")));
        try (OciLayout layout = build(request)) {
            JsonObject statement = statement(layout, 1, 0);
            assertThat(statement.string("predicateType")).isEqualTo("https://slsa.dev/provenance/v0.2");
            JsonObject predicate = member(statement, "predicate");
            assertThat(member(predicate, "builder").string("id")).isEqualTo("https://b.example");
            assertThat(predicate.has("buildConfig")).isFalse();
            assertThat(member(predicate, "invocation", "parameters", "args").names())
                    .containsExactly("context:alpine");
            assertThat(member(predicate, "metadata", "completeness").flag("parameters"))
                    .isFalse();
        }
    }

    @Test
    void filesBehindUrlsAndRepositoriesAreToldWithWhatTheyWere() throws Exception {
        try (WebServer server = WebServer.start()) {
            Files.writeString(
                    context.resolve("Dockerfile"),
                    "FROM scratch\nADD " + server.serve("file", new byte[] {1, 2}) + " /\n");
            BuildRequest request = BuildRequest.of(context).provenance(Provenance.min());
            try (OciLayout layout = build(request)) {
                JsonObject predicate = member(statement(layout, 1, 0), "predicate");
                JsonObject material = member(predicate, "buildDefinition")
                        .objects("resolvedDependencies")
                        .get(0);
                assertThat(material.string("uri")).isEqualTo(server.url("file"));
                assertThat(member(material, "digest").string("sha256"))
                        .isEqualTo(Digest.sha256(new byte[] {1, 2}).hex());
            }
        }
    }

    @Test
    void eachPlatformHasItsOwnAfterAllImages() throws Exception {
        BuildRequest request = request("FROM alpine\nCOPY a /\n")
                .platforms("linux/amd64", "linux/arm64")
                .provenance(Provenance.max());
        try (OciLayout layout = build(request)) {
            List<Descriptor> manifests = manifests(layout);
            assertThat(manifests)
                    .extracting(manifest -> manifest.platform().orElseThrow().format())
                    .containsExactly("linux/amd64", "linux/arm64", "unknown/unknown", "unknown/unknown");
            assertThat(manifests.get(3).annotations())
                    .containsEntry(
                            "vnd.docker.reference.digest",
                            manifests.get(1).digest().toString());
            assertThat(member(statement(layout, 3, 0), "predicate", "buildDefinition")
                            .objects("resolvedDependencies")
                            .get(0)
                            .string("uri"))
                    .endsWith("platform=linux%2Farm64");
        }
    }

    @Test
    void anImageWithoutFilesHasNoProvenance() throws Exception {
        try (OciLayout layout = build(request("FROM scratch\nLABEL a=b\n").provenance(Provenance.max()))) {
            assertThat(layout.index().manifests().get(0).mediaType()).endsWith("manifest.v1+json");
        }
    }

    @Test
    void aBuildThatUsesAFolderIsRefusedWhereAllHasToBeKnown() throws Exception {
        BuildRequest request =
                request("FROM alpine\nCOPY a /\n").provenance(Provenance.max().withCompleteMaterials(true));
        assertThatThrownBy(() -> build(request))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith("provenance materials are incomplete: the build uses a folder of this machine");
    }

    /** A registry with an image that has one program, which it runs. */
    private TestRegistry scanner(String program) throws Exception {
        Path image = Files.createDirectory(folder.resolve("scanner"));
        Files.writeString(image.resolve("scan"), program);
        Files.writeString(image.resolve("Dockerfile"), """
                FROM alpine
                COPY --chmod=0755 scan /
                ENTRYPOINT ["/scan"]
                """);
        Path layout = folder.resolve("scanner-layout");
        try (Slipway slipway = Slipway.open(folder.resolve("scanner-home"))) {
            slipway.build(
                    BuildRequest.of(image)
                            .buildContext("alpine", "oci-layout://" + ALPINE)
                            .output(Output.ociLayout(layout)),
                    Progress.none());
        }
        return new TestRegistry(layout);
    }

    @Test
    void aScannerListsWhatIsInside() throws Exception {
        try (TestRegistry registry = scanner(SCANNER)) {
            List<String> ran = new ArrayList<>();
            BuildRequest request = request("""
                    ARG BUILDKIT_SBOM_SCAN_STAGE=true
                    FROM alpine AS build
                    RUN echo made > /made
                    FROM alpine
                    COPY --from=build /made /to/
                    COPY a /to/
                    """)
                    .noCache()
                    .sbom(Sbom.of(registry.reference()).with("NAME", "mine"))
                    .provenance(Provenance.min());
            Progress steps = event -> {
                if (event instanceof BuildEvent.Placed placed) {
                    ran.add(placed.step().name());
                }
            };
            try (OciLayout layout = build(request, steps)) {
                List<Descriptor> statements = manifest(layout, 1).layers();
                assertThat(statements)
                        .extracting(layer -> layer.annotations().get("in-toto.io/predicate-type"))
                        .containsExactly(
                                "https://spdx.dev/Document",
                                "https://spdx.dev/Document",
                                "https://slsa.dev/provenance/v1");
                JsonObject core = member(statement(layout, 1, 0), "predicate");
                assertThat(core.string("name")).isEqualTo("mine");
                assertThat(core.objects("files"))
                        .extracting(file -> file.string("fileName"))
                        .containsExactly("./to/a", "./to/made");
                List<Descriptor> layers = manifest(layout, 0).layers();
                assertThat(core.objects("files").get(0).string("comment"))
                        .isEqualTo("layerID: " + layers.get(layers.size() - 1).digest());
                assertThat(member(core, "creationInfo").strings("creators").get(0))
                        .isEqualTo("Tool: scan");
                assertThat(member(core, "creationInfo").strings("creators").get(1))
                        .startsWith("Tool: slipway");
                JsonObject extra = member(statement(layout, 1, 1), "predicate");
                assertThat(extra.objects("files"))
                        .extracting(file -> file.string("fileName"))
                        .containsExactly("./made");
                assertThat(extra.objects("files").get(0).has("comment")).isFalse();
                assertThat(member(statement(layout, 1, 2), "predicate", "buildDefinition")
                                .objects("resolvedDependencies"))
                        .extracting(material -> material.string("uri"))
                        .anyMatch(uri -> uri.contains("library/base@1?platform="));
            }
            // What was built is not built again to be scanned, though earlier results are ignored.
            assertThat(ran).filteredOn(name -> name.contains("RUN echo made")).hasSize(1);
        }
    }

    @Test
    void aScannerThatLeavesSomethingElseFailsTheBuild() throws Exception {
        try (TestRegistry registry = scanner("#!/bin/sh\necho no > /run/out/x\n")) {
            BuildRequest request = request("FROM alpine\nRUN true\n").sbom(Sbom.of(registry.reference()));
            assertThatThrownBy(() -> build(request))
                    .isInstanceOf(BuildException.class)
                    .hasMessageStartingWith("the sbom scanner wrote x, which is no in-toto statement: ");
        }
    }

    @Test
    void aBuildArgumentAsksAsTheOptionDoes() throws Exception {
        BuildRequest request = request("FROM alpine\nRUN true\n").buildArg("BUILDKIT_ATTEST_PROVENANCE", "mode=min");
        try (OciLayout layout = build(request)) {
            assertThat(manifests(layout)).hasSize(2);
        }
    }
}
