package dev.slipway.oci.output;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputCheckTest {

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
        assertThatCode(() -> Outputs.check(Output.ociArchive(deep))).doesNotThrowAnyException();
        assertThatCode(() -> Outputs.check(Output.ociLayout(deep))).doesNotThrowAnyException();
        assertThatCode(() -> Outputs.check(Output.localDirectory(deep))).doesNotThrowAnyException();
    }

    @Test
    void whatIsThereCanBeReplacedByItsLike() {
        assertThatCode(() -> Outputs.check(Output.ociArchive(file))).doesNotThrowAnyException();
        assertThatCode(() -> Outputs.check(Output.localDirectory(folder))).doesNotThrowAnyException();
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
                "oci   | compression       | foo | compression=foo is not supported; write gzip, zstd or uncompressed",
                "oci   | compression-level | x   | compression-level x is not a number",
                "image | push              | true| unknown output type image; known are cacheonly, local, oci, tar",
            })
    void anOptionWithoutMeaningIsRefused(String type, String option, String value, String message) {
        refused(new Output(type, Optional.of(folder.resolve("new")), new TreeMap<>()).with(option, value), message);
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

    private static void refused(Output output, String message) {
        assertThatThrownBy(() -> Outputs.check(output))
                .isInstanceOf(ExecutorException.class)
                .hasMessageContaining(message);
    }
}
