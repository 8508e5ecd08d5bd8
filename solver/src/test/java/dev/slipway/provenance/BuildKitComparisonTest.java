package dev.slipway.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.frontend.Converted;
import dev.slipway.frontend.MainContext;
import dev.slipway.frontend.NamedContext;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceLocation.SourceFile;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Compares with what BuildKit said of one image of a build for two platforms, the session of which is known. */
class BuildKitComparisonTest {

    private static final String SESSION_OF_MAX = "t15izzxf9fwfgbh08g6ql5vt8";
    private static final Platform ARM64 = Platform.of("linux", "arm64", "");
    private static final String ALPINE =
            "oci-layout://alpine@sha256:35f0773959e0cdede18bc203f27dd8ddf842cee08f5dfaf734534af7eb7f2c15";
    private static final String BASE =
            "oci-layout://base@sha256:0df66f4b733f23ada1a6fa81b0586cf7bb8abd9f4f79de64b17fe87cb9acc55d";
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void everythingIsSaidAsBuildKitSaysItWithTheSameDigests() throws Exception {
        Map<String, Object> expected = expected("max.json");
        Map<String, Object> actual =
                reread(provenance(true, "", false, SESSION_OF_MAX).slsa1(List.of()));
        assertThat(buildConfig(actual).get("digestMapping"))
                .isEqualTo(buildConfig(expected).get("digestMapping"));
        assertThat(buildConfig(actual).get("llbDefinition"))
                .isEqualTo(buildConfig(expected).get("llbDefinition"));
        assertSame(actual, expected);
    }

    @Test
    void littleIsSaidAsBuildKitSaysIt() throws Exception {
        assertSame(
                reread(provenance(false, "https://builder.example", false, "other")
                        .slsa1(List.of())),
                expected("min.json"));
    }

    @Test
    void theOlderVersionIsWrittenAsBuildKitWritesIt() throws Exception {
        Map<String, Object> expected = expected("v02.json");
        Map<String, Object> actual = reread(provenance(true, "", true, "other").slsa02(List.of()));
        // The session was another one.
        member(expected, "buildConfig").remove("digestMapping");
        member(actual, "buildConfig").remove("digestMapping");
        assertSame(actual, expected);
    }

    private static BuildProvenance provenance(boolean all, String builder, boolean reproducible, String session)
            throws Exception {
        byte[] dockerfile = resource("Dockerfile");
        SourceFile file = new SourceFile("Dockerfile", "Dockerfile", Bytes.of(dockerfile));
        Converted converted = Converted.of(
                new String(dockerfile, StandardCharsets.UTF_8),
                request -> request.platform(ARM64)
                        .multiPlatform(true)
                        .buildArg("NAME", "y")
                        .file(file)
                        .context(new MainContext.Local(MainContext.NAME, session, List.of()))
                        .namedContext("alpine", new NamedContext(ALPINE, session, "", List.of())));
        Definition definition = converted.conversion().definition();
        Sources sources = new SourceCollector(source -> Optional.empty())
                .local("context")
                .local("dockerfile")
                .definition(definition)
                .sources();
        TreeMap<String, String> arguments = new TreeMap<>(Map.of(
                "build-arg:NAME", "y",
                "build-arg:PROXY", "http://u:p@h/",
                "label:l", "1",
                "context:alpine", ALPINE,
                "context:base", BASE));
        return new BuildProvenance(
                sources,
                new BuildParameters(arguments, Optional.empty(), Optional.of("Dockerfile")),
                new Invocation("id", TIME, TIME, Platform.of("linux", "amd64", "")),
                builder,
                reproducible,
                all ? Optional.of(new Detail(definition, file, reading(), Map.of())) : Optional.empty());
    }

    private static Definition reading() {
        SourceOp folder = SourceOp.of(
                "local://dockerfile",
                Map.of(
                        "local.differ",
                        "none",
                        "local.followpaths",
                        "[\"Dockerfile\",\"Dockerfile.dockerignore\",\"dockerfile\"]",
                        "local.sharedkeyhint",
                        "dockerfile"));
        return Definition.of(new Edge(Vertex.of(folder, List.of(), Optional.empty(), VertexMetadata.EMPTY), 0));
    }

    private static void assertSame(Map<String, Object> actual, Map<String, Object> expected) {
        normalize(actual);
        normalize(expected);
        // BuildKit does not hide the password of an argument.
        hidePassword(expected);
        assertThat(actual).isEqualTo(expected);
    }

    /** Takes out what is another in each build, and makes sets of what has no order. */
    @SuppressWarnings("unchecked")
    private static Object normalize(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> members = (Map<String, Object>) map;
            members.keySet()
                    .removeAll(
                            List.of("root", "layers", "dockerfileVersion", "oci.session", "invocationId", "startedOn"));
            members.keySet().removeAll(List.of("finishedOn", "buildInvocationID", "buildStartedOn", "buildFinishedOn"));
            if (members.containsKey("filename")) {
                // How the Dockerfile was read has the session in its digests too.
                members.remove("digestMapping");
            }
            members.replaceAll((name, member) -> name.equals("resolvedDependencies") || name.equals("materials")
                    ? member instanceof List<?> list ? new HashSet<>(list) : member
                    : normalize(member));
        } else if (value instanceof List<?> list) {
            list.forEach(BuildKitComparisonTest::normalize);
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static void hidePassword(Object value) {
        if (value instanceof Map<?, ?> map) {
            ((Map<String, Object>) map).replace("build-arg:PROXY", "http://u:p@h/", "http://xxxxx:xxxxx@h/");
            map.values().forEach(BuildKitComparisonTest::hidePassword);
        }
    }

    private static Map<String, Object> buildConfig(Map<String, Object> document) {
        Map<String, Object> config =
                member(member(member(document, "buildDefinition"), "internalParameters"), "buildConfig");
        normalize(config);
        return config;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> member(Map<String, Object> object, String name) {
        return (Map<String, Object>) object.get(name);
    }

    private static Map<String, Object> expected(String name) throws IOException {
        return new LinkedHashMap<>(object(resource(name)));
    }

    private static Map<String, Object> reread(Map<String, Object> document) throws IOException {
        return object(JsonWriter.go().value(document).toBytes());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(byte[] json) throws IOException {
        return (Map<String, Object>) Json.value(json);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = BuildKitComparisonTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
