package dev.slipway.oci.output;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Output;
import dev.slipway.llb.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputCheckTest {

    private static final Targets ONE = new Targets(List.of(Platform.parse("linux/amd64")), false);
    private static final Targets TWO =
            new Targets(List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64")), true);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void makeFile() throws IOException {
        file = Files.writeString(folder.resolve("file"), "here");
    }

    @Test
    void aPlaceWhereNothingIsCanBeWritten() {
        Path deep = folder.resolve("a/b/c");
        assertThatCode(() -> Outputs.check(Output.ociArchive(deep), ONE)).doesNotThrowAnyException();
        assertThatCode(() -> Outputs.check(Output.ociLayout(deep), ONE)).doesNotThrowAnyException();
        assertThatCode(() -> Outputs.check(Output.localDirectory(deep), ONE)).doesNotThrowAnyException();
    }

    @Test
    void whatIsThereCanBeReplacedByItsLike() {
        assertThatCode(() -> Outputs.check(Output.ociArchive(file), ONE)).doesNotThrowAnyException();
        assertThatCode(() -> Outputs.check(Output.localDirectory(folder), ONE)).doesNotThrowAnyException();
    }

    @Test
    void anArchiveTakesNoFoldersPlace() {
        refused(
                Output.ociArchive(folder),
                folder + " is a folder; name a file in it, or write into the folder with tar=false");
    }

    @Test
    void aFolderTakesNoFilesPlace() {
        refused(Output.localDirectory(file), file + " is not a folder; name one, or a path that does not exist");
        refused(Output.ociLayout(file), file + " is not a folder; name one, or a path that does not exist");
    }

    @Test
    void aLinkToNothingIsNoPlaceForAFolder() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("none"));
        String message = link + " is a dangling link; make a folder at its target, or remove the link";
        refused(Output.localDirectory(link), message);
        refused(Output.ociLayout(link), message);
    }

    @Test
    void nothingIsWrittenBelowAFile() {
        Path below = file.resolve("x/y");
        refused(Output.ociArchive(below), below + " cannot be made: " + file + " is not a folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "oci   | dset              | x   | 'dset' is not an option of this type; known are attestation-inline,"
                        + " compression, compression-level,",
                "oci   | rewrite-timestamp | yes | rewrite-timestamp is 'yes'; write true or false",
                "local | platform-split    | no  | platform-split is 'no'; write true or false",
                "oci   | platform-split    | 0   | 'platform-split' is not an option of this type",
                "oci   | tar               | no  | tar is 'no'; write true or false",
                "oci   | compression       | foo | compression=foo is not supported; known are gzip, uncompressed, zstd",
                "oci   | compression-level | x   | compression-level x is not a number",
                "list  | push              | true| unknown output type list; known are cacheonly, docker, image,"
                        + " local, oci, registry, tar",
                "local | annotation.a      | b   | 'annotation.a' is not an option of this type",
                "oci   | annotation-all.a  | b   | unrecognized annotation type all; write manifest,",
                "oci   | annotation-index.a | b  | index annotations not supported for single platform export",
                "oci   | annotation-manifest[linux/arm64].a | b | invalid annotation: no platform linux/arm64 found in"
                        + " source",
                "image | push              | true| an image in a registry has no destination",
            })
    void anOptionWithoutMeaningIsRefused(String type, String option, String value, String message) {
        refused(new Output(type, Optional.of(folder.resolve("new")), new TreeMap<>()).with(option, value), message);
    }

    @Test
    void anArchiveForDockerHoldsOnePlatform() {
        Output archive = Output.dockerArchive(folder.resolve("docker.tar"));
        assertThatCode(() -> Outputs.check(archive, ONE)).doesNotThrowAnyException();
        String message = "output type=docker: an archive for docker load holds an image of one platform, not of 2";
        for (Output output : List.of(archive, archive.with("tar", "false"))) {
            assertThatThrownBy(() -> Outputs.check(output, TWO)).hasMessageContaining(message);
        }
    }

    @Test
    void anImageForDockerHasNoDigestInItsName() {
        String digest = "@sha256:" + "0".repeat(64);
        refused(
                Output.dockerArchive(folder.resolve("docker.tar")).with("name", "app:1,app:2" + digest),
                "docker.io/library/app:2" + digest + " has a digest; give the image a name with a tag");
    }

    @ParameterizedTest
    @CsvSource({"1", "t", "T", "true", "TRUE", "True"})
    void trueCanBeWrittenAsInBuildx(String value) {
        refused(Output.ociArchive(folder).with("tar", value), "is a folder");
    }

    @ParameterizedTest
    @CsvSource({"0", "f", "F", "false", "FALSE", "False"})
    void falseCanBeWrittenAsInBuildx(String value) {
        refused(Output.ociArchive(file).with("tar", value), "is not a folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "image    |                        | push=true | tag is needed when pushing to registry",
                "registry |                        | store=0   | tag is needed when pushing to registry",
                "registry | host.example/app:1     | push-by-digest=true | can't push tagged ref host.example/app:1 by digest;"
                        + " write host.example/app",
                "image    | host.example/NO        | push=     | invalid image name host.example/NO",
                "registry | host.example/app       | compression=nydus | compression=nydus is not supported",
                "registry | host.example/app       | registry.insecure=no | registry.insecure is 'no'",
                "registry | host.example/app       | tar=true  | 'tar' is not an option of this type",
                "registry | host.example/app       | push-by-digest=maybe | push-by-digest is 'maybe'",
            })
    void aPushThatWouldBeRefusedIsFoundBeforeTheBuild(String type, String name, String option, String message) {
        String[] pair = option.split("=", 2);
        Output output = new Output(type, Optional.empty(), new TreeMap<>()).with(pair[0], pair[1]);
        refused(name == null ? output : output.with("name", name), message);
    }

    @Test
    void aNameWithADigestIsNoPlaceToPushTo() {
        String name = "host.example/app@sha256:" + "0".repeat(64);
        refused(Output.registry(name), "can't push to " + name + ": its digest is known when the image is made");
    }

    @Test
    void annotationsOfAllLevelsAreTakenWithTheirPlatforms() {
        Output output = Output.registry("host.example/app:1,other.example/app")
                .with("annotation.a", "1")
                .with("annotation-manifest[linux/arm64].a", "2")
                .with("annotation-manifest-descriptor[linux/amd64].b", "3")
                .with("annotation-index.c", "4")
                .with("annotation-index-descriptor.d", "5");
        assertThatCode(() -> Outputs.check(output, TWO)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Outputs.check(output.with("oci-mediatypes", "false"), TWO))
                .hasMessage("cannot export annotations with \"oci-mediatypes=false\"");
    }

    private static void refused(Output output, String message) {
        assertThatThrownBy(() -> Outputs.check(output, ONE))
                .isInstanceOf(ExecutorException.class)
                .hasMessageContaining(message);
    }
}
