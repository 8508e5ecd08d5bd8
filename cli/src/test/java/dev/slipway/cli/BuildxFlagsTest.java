package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.SlipwayProcess.Outcome;
import dev.slipway.llb.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flags that every user of buildx types without a thought. */
class BuildxFlagsTest {

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path context;
    private String image;

    @BeforeEach
    void makeContext() throws Exception {
        context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
        image = "type=oci,tar=false,dest=" + folder.resolve("out");
    }

    @Test
    void aTagNamesTheImage() throws Exception {
        Outcome outcome = build("-t", "app:1.4", "--tag", "host.example/app", "--output", image);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(index()).contains("\"docker.io/library/app:1.4\"").contains("\"host.example/app:latest\"");
    }

    @Test
    void aTagComesBeforeTheNameOfAnOutputAsInBuildx() throws Exception {
        Outcome outcome = build("-t", "app:1.4", "--output", image + ",name=other:2");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(index()).contains("\"docker.io/library/app:1.4\"").doesNotContain("other:2");
    }

    @Test
    void whatIsPushedNeedsAName() throws Exception {
        Outcome outcome = build("--push");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("tag is needed when pushing to registry")
                .doesNotContain("COPY");
    }

    @Test
    void anImageThatIsNotPushedStaysInTheCache() throws Exception {
        Outcome outcome = build("-t", "app", "-o", "type=image");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith("sha256:");
        assertThat(outcome.err()).contains("the image stays in the cache only; add push=true");
    }

    @Test
    void annotationsAreOnWhatTheyName() throws Exception {
        Outcome outcome = build(
                "--platform",
                "linux/amd64,linux/arm64",
                "--annotation",
                "all=1",
                "--annotation",
                "manifest[linux/arm64],manifest-descriptor[linux/arm64]:one=2",
                "--annotation",
                "index,index-descriptor:many=3",
                "--output",
                image);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        JsonNode descriptor = json.readTree(index()).at("/manifests/0");
        assertThat(descriptor.at("/annotations/many").asText()).isEqualTo("3");
        JsonNode index = json.readTree(blob(descriptor.get("digest").asText()));
        assertThat(index.at("/annotations").toString()).isEqualTo("{\"many\":\"3\"}");
        assertThat(index.at("/manifests/0/annotations").isMissingNode()).isTrue();
        assertThat(index.at("/manifests/1/annotations").toString()).isEqualTo("{\"one\":\"2\"}");
        JsonNode amd64 = json.readTree(blob(index.at("/manifests/0/digest").asText()));
        assertThat(amd64.get("annotations").toString()).isEqualTo("{\"all\":\"1\"}");
        JsonNode arm64 = json.readTree(blob(index.at("/manifests/1/digest").asText()));
        assertThat(arm64.get("annotations").toString()).isEqualTo("{\"all\":\"1\",\"one\":\"2\"}");
    }

    @Test
    void anAnnotationForTheOnlyPlatformIsNotForgotten() throws Exception {
        String platform = Platform.host().format();
        Outcome outcome = build(
                "--annotation",
                "manifest[" + platform + "]:a=b",
                "--annotation",
                "manifest-descriptor:c=d",
                "-o",
                image);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        JsonNode descriptor = json.readTree(index()).at("/manifests/0");
        assertThat(descriptor.at("/annotations/c").asText()).isEqualTo("d");
        assertThat(blob(descriptor.get("digest").asText())).contains("\"a\": \"b\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a | invalid annotation \"a\", expected key=value",
                "index:=b | invalid annotation \"index:=b\", expected a key without spaces",
                "org.x:a=b | invalid annotation type \"org.x\", expected type and optional platform in square brackets",
                "layer:a=b | unknown annotation type \"layer\"; write manifest, manifest-descriptor, index or",
                "manifest[a/b/c/d]:a=b | invalid platform \"a/b/c/d\":",
                "index:a=b | index annotations not supported for single platform export",
                "manifest[linux/s390x]:a=b | invalid annotation: no platform linux/s390x found in source"
            })
    void anAnnotationThatMakesNoSenseIsRefusedBeforeTheBuild(String annotation, String message) throws Exception {
        Outcome outcome = build("--platform", "linux/amd64", "--annotation", annotation, "--output", image);
        assertThat(outcome.err()).contains(message).doesNotContain("COPY");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aTagWithoutAnImageIsToldOf() throws Exception {
        Outcome outcome = build("-t", "app", "--annotation", "a=b");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err())
                .contains(
                        "WARNING: --tag app: no output of this build is an image", "WARNING: --annotation: no output");
    }

    @Test
    void aTagThatIsNoNameIsRefusedBeforeTheBuild() throws Exception {
        Outcome outcome = build("-t", "NO NAME", "--output", image);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("invalid image name NO NAME").doesNotContain("COPY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",colour=red",
                ",compression=lzma",
                ",compression-level=high",
                ",source-date-epoch=today",
                ",name=NO NAME",
                ",tar=perhaps"
            })
    void anOutputWithAnOptionThatMakesNoSenseIsWrongUsage(String option) throws Exception {
        Outcome outcome = build("--output", image + option);
        assertThat(outcome.err()).startsWith("ERROR: ").doesNotContain("COPY");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aQuietBuildPrintsTheDigestAlone() throws Exception {
        Outcome outcome = build("-q", "--output", image);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).startsWith("sha256:").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "plain", "none"})
    void progressIsShownAsInBuildx(String kind) throws Exception {
        Outcome outcome = build("--progress", kind);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    @Test
    void aDigestThatThereWillNotBeIsNotWaitedFor() throws Exception {
        Outcome outcome = build(
                "--iidfile", folder.resolve("iid").toString(), "--output", "type=tar,dest=" + folder.resolve("x"));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("no output of this build is an image");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "type=oci", "TYPE=tar, DEST=-"})
    void anArchiveOnStandardOutputIsAllThatIsThere(String output) throws Exception {
        Outcome outcome = build("--output", output);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(Archive.names(outcome.bytes())).contains(output.equals("type=oci") ? "index.json" : "Dockerfile");
    }

    @Test
    void anEmptyOutputWritesNothing() throws Exception {
        Outcome outcome = build("-o", "", "--secret", "", "--ssh", "", "--build-context", "", "--iidfile", "");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEmpty();
        assertThat(Path.of("Dockerfile")).as("in the current folder").doesNotExist();
    }

    @Test
    void aBuildThatIsOnlyCachedWritesNothing() throws Exception {
        Outcome outcome = build("-o", "type=cacheonly");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void theIdOfAnImageIsTheDigestOfItsConfig() throws Exception {
        Path file = folder.resolve("id");
        Outcome outcome = build("-q", "--iidfile", file.toString(), "--output", image);
        String manifest = blob(digests(index()).get(0));
        String config = digests(manifest).get(0);
        assertThat(file).hasContent(config);
        assertThat(outcome.out()).isEqualTo(config + System.lineSeparator());
    }

    @Test
    void theIdOfSeveralImagesIsTheDigestOfTheirIndex() throws Exception {
        Path file = folder.resolve("id");
        Outcome outcome =
                build("-q", "--iidfile", file.toString(), "--platform", "linux/amd64,linux/arm64", "--output", image);
        assertThat(file).hasContent(digests(index()).get(0));
        assertThat(outcome.out()).isEqualTo(Files.readString(file) + System.lineSeparator());
    }

    @Test
    void anOptionMayBeGivenTwice() throws Exception {
        Outcome outcome = build("-q", "-q", "--quiet", "--network", "none", "--network", "default", "--pull=false");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void whatHasNothingLeftToDoIsTaken() throws Exception {
        Outcome outcome = build(
                "-q",
                "--rm",
                "--rm=false",
                "--force-rm",
                "--compress",
                "--provenance=false",
                "--sbom=false",
                "--attest",
                "type=sbom,disabled=true");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--isolation=hyperv", "--security-opt=seccomp=unconfined", "--squash"})
    void whatLosesItsMeaningIsToldOfOnce(String option) throws Exception {
        Outcome outcome = build("-q", option, option);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err())
                .startsWith("WARNING: " + option.split("=")[0] + " has no effect; ")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --provenance=mode=most        | --attest type=provenance: invalid mode "most"; write min or max
            --provenance=version=v2       | --attest type=provenance: invalid provenance SLSA version: v2; write v1 or v0.2
            --provenance=inline-only=some | --attest type=provenance: inline-only is 'some'; write true or false
            --provenance=filename=a/b     | --attest type=provenance: filename is 'a/b'; write the name of a file
            --provenance=what=ever        | --attest type=provenance: 'what' is not an option of provenance; known are mode,
            --sbom=generator=             | --attest type=sbom: sbom scanner cannot be empty
            --sbom=generator=A:B:C        | --attest type=sbom: invalid reference format
            --attest=mode=max             | --attest mode=max: attestation type not specified
            --attest=type=vsa             | --attest type=vsa: unknown attestation type "vsa"
            --attest=type=sbom,disabled=x | --attest type=sbom,disabled=x: disabled is 'x'; write true or false
            --attest=type=sbom,x          | --attest type=sbom,x: 'x' is not of the form key=value
            """)
    void anAttestationThatMakesNoSenseIsRefused(String option, String message) throws Exception {
        assertRefused(message, option);
    }

    @Test
    void attestationsAreMadeWhenTheyAreAskedForAndTheLastWordCounts() throws Exception {
        build("-q", "-o", image, "--attest", "type=provenance,mode=min", "--provenance=false");
        assertThat(index()).contains("image.manifest.v1+json");
        image = "type=oci,tar=false,dest=" + folder.resolve("out2");
        Outcome outcome =
                build("-q", "-o", image, "--attest", "type=provenance,disabled=true", "--provenance=mode=min");
        assertThat(outcome.err()).isEmpty();
        Path made = folder.resolve("out2/blobs/sha256/" + outcome.out().strip().substring("sha256:".length()));
        assertThat(made).content().contains("\"vnd.docker.reference.type\": \"attestation-manifest\"");
    }

    @Test
    void dockersLimitsAreLimitsOfResources() throws Exception {
        Outcome outcome = build(
                "-q",
                "-m",
                "512m",
                "--memory-swap=-1",
                "-c",
                "512",
                "--cpu-period=100000",
                "--cpu-quota=50000",
                "--cpuset-cpus=0,1",
                "--cpuset-mems=0");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertRefused("--memory much: ", "-m", "much");
        assertRefused("--cpuset-cpus x: ", "--cpuset-cpus", "x");
    }

    @Test
    void fieldsOfASecretAreQuotedAsInBuildx() throws Exception {
        Path secret = Files.writeString(folder.resolve("a,b"), "secret");
        Outcome outcome = build("-q", "--secret", "ID=key,\"SRC=" + secret + "\"");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertRefused("--secret id=key,target=x: 'target' is not a field of a secret", "--secret", "id=key,target=x");
        assertRefused("--secret id=key,type=url: there is no type 'url'", "--secret", "id=key,type=url");
    }

    @Test
    void severalHostsMayStandInOneValue() throws Exception {
        Outcome outcome = build("-q", "--add-host", "a:1.2.3.4,::1,b=5.6.7.8", "--add-host", "");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertRefused("--add-host b: expected HOST:IP", "--add-host", "a:1.2.3.4,b");
    }

    @Test
    void aSecretThatCannotBeReadIsMissedBeforeTheBuild() throws Exception {
        Outcome outcome = build("--secret", "id=key,src=" + folder.resolve("nothing"));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .isEqualTo("ERROR: --secret id=key,src=" + folder.resolve("nothing") + ": the file "
                        + folder.resolve("nothing") + " cannot be read; name one that can" + System.lineSeparator());
    }

    @Test
    void anAgentThatIsNoneIsMissedBeforeTheBuild() throws Exception {
        Path nothing = folder.resolve("nothing");
        Path key = Files.writeString(folder.resolve("key"), "a key");
        assertRefused("--ssh default=" + nothing + ": there is no " + nothing, "--ssh", "default=" + nothing);
        assertRefused(
                "--ssh default=" + key + ": " + key + " is a file; give a key to an agent", "--ssh", "default=" + key);
    }

    @Test
    void whatCannotBeAllowedAndAnArgumentWithoutANameAreRefused() throws Exception {
        assertRefused("--allow network.hosts: there is no such entitlement", "--allow", "network.hosts");
        assertRefused("--build-arg =x: expected NAME=VALUE", "--build-arg", "=x");
    }

    private void assertRefused(String message, String... options) throws Exception {
        Outcome outcome = build(options);
        assertThat(outcome.err()).startsWith("ERROR: " + message);
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    private String blob(String digest) throws Exception {
        return Files.readString(folder.resolve("out/blobs/sha256").resolve(digest.substring("sha256:".length())));
    }

    private static List<String> digests(String json) {
        return Pattern.compile("sha256:[0-9a-f]{64}")
                .matcher(json)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private String index() throws Exception {
        return Files.readString(folder.resolve("out/index.json"));
    }

    private Outcome build(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("build"));
        Collections.addAll(arguments, options);
        arguments.add(context.toString());
        return InProcess.run(arguments.toArray(String[]::new));
    }
}
