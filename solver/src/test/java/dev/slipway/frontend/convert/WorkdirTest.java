package dev.slipway.frontend.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.frontend.Converted;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileAction.MakeDirectory;
import dev.slipway.llb.FileAction.Owner;
import dev.slipway.llb.FileAction.UserName;
import dev.slipway.llb.Platform;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WORKDIR, on Windows too (frontend notes 6.8). */
class WorkdirTest {

    private static MakeDirectory folder(Converted converted) {
        return (MakeDirectory) converted
                .actions()
                .reduce((first, last) -> last)
                .map(FileAction::command)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "/w, /w, /w",
        "w, /w, /w",
        "a/../b, /b, /b",
        // An absolute path stays as it is written, but for the folder that is made.
        "/a/../b/, /a/../b/, /b",
        "$A, /arg, /arg",
    })
    void aFolderIsMade(String written, String directory, String made) {
        Converted converted = Converted.of("FROM alpine\nENV A=arg\nWORKDIR " + written + "\n");
        assertThat(converted.config().workingDirectory()).isEqualTo(directory);
        assertThat(converted.history()).last().isEqualTo("WORKDIR " + directory);
        assertThat(folder(converted))
                .isEqualTo(new MakeDirectory(made, 0755, true, Optional.empty(), FileAction.NO_TIMESTAMP));
    }

    @Test
    void relativePathsAddUp() {
        Converted converted = Converted.of("FROM alpine\nWORKDIR /a\nWORKDIR b\nWORKDIR ../c\nRUN x\n");
        assertThat(converted.exec().meta().workingDirectory()).isEqualTo("/a/c");
    }

    @Test
    void theRootIsNoStep() {
        Converted converted = Converted.of("FROM alpine\nWORKDIR /\nRUN x\n");
        assertThat(converted.names()).last().isEqualTo("[2/3] RUN x");
        assertThat(converted.conversion().image().history().get(1).emptyLayer()).isTrue();
    }

    @Test
    void theFolderBelongsToTheUser() {
        Converted converted = Converted.of("FROM scratch\nUSER bu\nWORKDIR /w\n");
        assertThat(folder(converted).owner())
                .contains(new Owner(Optional.of(new UserName("bu", -1)), Optional.empty()));
    }

    @Test
    void theFolderHasTheTimeOfTheBuild() {
        Converted converted = Converted.of(
                "FROM alpine\nWORKDIR /w\n", request -> request.buildArg("SOURCE_DATE_EPOCH", "1700000000"));
        assertThat(folder(converted).timestamp()).isEqualTo(1_700_000_000_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "c:\\\\app, \\app, /app",
        "C:/app/x, \\app\\x, /app/x",
        "app, \\app, /app",
        "\\\\a\\\\..\\\\b, \\b, /b",
    })
    void windowsHasItsOwnSlashesInTheImage(String written, String inImage, String inProcess) {
        Converted converted = Converted.of(
                "FROM alpine\nWORKDIR " + written + "\nRUN x\n",
                request -> request.platform(Platform.of("windows", "amd64", "")));
        assertThat(converted.config().workingDirectory()).isEqualTo(inImage);
        assertThat(converted.exec().meta().workingDirectory()).isEqualTo(inProcess);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            d:/x         | The specified path is not on the system drive (C:)
            //host/x     | UNC paths are not supported
            c:           | No relative path specified in "c:"
            """)
    void otherDrivesAreRefused(String path, String problem) {
        assertThat(Converted.failure(
                        "FROM alpine\nWORKDIR " + path + "\n",
                        request -> request.platform(Platform.of("windows", "amd64", ""))))
                .isEqualTo("normalizing workdir: normalizing working directory: removing drive letter: " + problem);
    }
}
