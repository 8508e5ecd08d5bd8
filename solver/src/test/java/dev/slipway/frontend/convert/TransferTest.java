package dev.slipway.frontend.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.frontend.Converted;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileAction.Copy;
import dev.slipway.llb.FileAction.MakeFile;
import dev.slipway.llb.FileAction.Owner;
import dev.slipway.llb.FileAction.UserId;
import dev.slipway.llb.FileAction.UserName;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.MergeOp;
import dev.slipway.llb.Vertex;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** COPY and ADD of paths and inline files (frontend notes 3.5, 6.7). */
class TransferTest {

    private static Converted transfer(String instruction) {
        return Converted.of("FROM alpine\nWORKDIR /w\nENV E= A=arg\n" + instruction + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            b            | /w/b
            b/           | /w/b/
            .            | /w/
            ./           | /w/
            b/.          | /w/b/.
            ../b         | /b
            /            | /
            /a/../b/     | /b/
            $E           | /w/
            $A           | /w/arg
            """)
    void aDestinationKeepsItsSlash(String written, String destination) {
        assertThat(transfer("COPY x " + written).copy().destination()).isEqualTo(destination);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a             | /a            | ["a"]
            ./a/          | /a            | ["a"]
            a/../b        | /b            | ["b"]
            ../a          | /a            | ["a"]
            *.go          | /*.go         | ["*.go"]
            .             | /             | null
            /             | /             | null
            "a<b&c>"      | /a<b&c>       | ["a\\u003cb\\u0026c\\u003e"]
            b a           | /a            | ["a","b"]
            """)
    void aSourceIsTakenFromTheRootAndNarrowsTheContext(String written, String source, String followed) {
        Converted converted = transfer("COPY " + written + " /to/");
        assertThat(converted.copy().source()).isEqualTo(source);
        assertThat(String.valueOf(converted.followedPaths())).isEqualTo(followed);
    }

    @Test
    void whatAllStagesReadIsWanted() {
        Converted converted = Converted.of("""
                FROM alpine AS a
                COPY one /
                FROM alpine AS unused
                COPY unused /
                FROM alpine
                COPY --from=a /x /
                ADD two /
                RUN --mount=target=/m,source=three x
                """);
        assertThat(converted.followedPaths()).isEqualTo("[\"one\",\"three\",\"two\"]");
        assertThat(converted.names()).containsOnlyOnce("[internal] load build context");
    }

    @Test
    void aRelativeSourceOfAStageIsTakenFromItsRoot() {
        Converted converted = Converted.of("FROM alpine AS a\nWORKDIR /deep\nFROM alpine\nCOPY --from=a x y /z/\n");
        assertThat(converted.copies()).extracting(Copy::source).containsExactly("/x", "/y");
    }

    @Test
    void aStageCanBeNamedByItsNumber() {
        Converted converted = Converted.of("FROM busybox\nFROM alpine\nCOPY --from=0 /x /\n");
        assertThat(converted.names()).first().asString().contains("alpine");
        assertThat(converted.names()).element(1).asString().contains("[stage-0 1/1] FROM docker.io/library/busybox");
        assertThat(Converted.failure("FROM alpine\nCOPY --from=5 /x /\n")).isEqualTo("invalid stage index 5");
    }

    @Test
    void aNumberOf64BitsIsAStageAndALongerOneAName() {
        assertThat(Converted.failure("FROM alpine\nCOPY --from=9223372036854775807 /x /\n"))
                .isEqualTo("invalid stage index 9223372036854775807");
        assertThat(Converted.of("FROM alpine\nCOPY --from=9223372036854775808 /x /\n")
                        .names())
                .contains("FROM docker.io/library/9223372036854775808:latest");
    }

    @Test
    void anythingElseIsAnImage() {
        Converted converted = Converted.of("FROM alpine\nCOPY --from=busybox:1 /x /\n");
        assertThat(converted.names())
                .containsExactly(
                        "[stage-0 1/2] FROM docker.io/library/alpine:latest",
                        "FROM docker.io/library/busybox:1",
                        "[stage-0 2/2] COPY --from=busybox:1 /x /");
    }

    @Test
    void equalVerticesOfAStageAndOfAnImageAreOneWithTheTextsOfTheLater() {
        Converted converted = Converted.of("FROM alpine\nCOPY --from=alpine /x /\n");
        assertThat(converted.names())
                .containsExactly("FROM docker.io/library/alpine:latest", "[stage-0 2/2] COPY" + " --from=alpine /x /");
    }

    @Test
    void copiesTakeWhatMatchesAndAddUnpacksIt() {
        Copy copy = transfer("COPY a /").copy();
        assertThat(copy)
                .isEqualTo(new Copy(
                        "/a",
                        "/",
                        Optional.empty(),
                        -1,
                        "",
                        true,
                        true,
                        false,
                        true,
                        true,
                        true,
                        FileAction.NO_TIMESTAMP,
                        List.of(),
                        List.of(),
                        false,
                        List.of()));
        assertThat(transfer("ADD a.tar /").copy().attemptUnpack()).isTrue();
        assertThat(transfer("ADD --unpack=false a.tar /").copy().attemptUnpack())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            755          | 493  | ''
            0            | 0    | ''
            7777         | 4095 | ''
            u+x,g=rw     | 0    | u+x,g=rw
            u=rwX,go=rX  | 0    | u=rwX,go=rX
            """)
    void aModeIsOctalOrSymbolic(String written, int mode, String text) {
        Copy copy = transfer("COPY --chmod=" + written + " a /").copy();
        assertThat(copy.mode()).isEqualTo(mode);
        assertThat(copy.modeText()).isEqualTo(text);
    }

    @Test
    void namesOfOwnersAreLookedUpInTheRootThatIsChanged() {
        assertThat(transfer("COPY --chown=:5 a /").copy().owner())
                .contains(new Owner(Optional.of(new UserId(0)), Optional.of(new UserId(5))));
        assertThat(transfer("COPY --chown=root a /").copy().owner())
                .contains(new Owner(Optional.of(new UserId(0)), Optional.empty()));
        assertThat(transfer("COPY --chown=$A:g a /").copy().owner())
                .contains(new Owner(Optional.of(new UserName("arg", 0)), Optional.of(new UserName("g", 0))));
        assertThat(Converted.of("FROM scratch\nCOPY --chown=u a /\n").copy().owner())
                .contains(new Owner(Optional.of(new UserName("u", -1)), Optional.empty()));
    }

    @Test
    void patternsAreLeftOutInTheOrderWritten() {
        assertThat(transfer("COPY --exclude=b --exclude=$A a /").copy().excludePatterns())
                .containsExactly("b", "$A");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a/b          | /     | a/b      | /a/b
            ./a/b        | /     | a/b      | /a/b
            a/./b/./c    | /a    | b/c      | /a/b/c
            /./b         | /     | b        | /b
            a/*/b        | /     | a/*/b    | ''
            a/./b?       | /a    | b?       | ''
            """)
    void parentsKeepTheFoldersBehindThePivot(String written, String source, String include, String required) {
        Copy copy = transfer("COPY --parents " + written + " /to/").copy();
        assertThat(copy.source()).isEqualTo(source);
        assertThat(copy.includePatterns()).containsExactly(include);
        assertThat(String.join(",", copy.requiredPaths())).isEqualTo(required);
    }

    @Test
    void aLinkedCopyIsALayerOfItsOwn() {
        Converted converted = transfer("COPY --link --chown=u a .");
        Vertex copy = converted.vertex("COPY --link --chown=u a .");
        assertThat(((FileOp) copy.op()).actions().get(0).input()).isEqualTo(-1);
        assertThat(converted.copy().destination()).isEqualTo("/w/");
        assertThat(converted.copy().owner()).contains(new Owner(Optional.of(new UserName("u", -1)), Optional.empty()));
        Vertex merge = converted.vertex("LINK COPY --link");
        assertThat(((MergeOp) merge.op()).inputs()).containsExactly(0, 1);
        assertThat(copy.metadata().progressGroup().orElseThrow().weak()).isTrue();
        assertThat(merge.metadata().progressGroup().orElseThrow().weak()).isFalse();
        assertThat(merge.metadata().progressGroup().orElseThrow().id())
                .isEqualTo(copy.metadata().progressGroup().orElseThrow().id());
    }

    @Test
    void aLinkWithAModeOrOnNothingIsNone() {
        assertThat(transfer("COPY --link --chmod=755 a /").names()).noneMatch(name -> name.contains("LINK"));
        assertThat(Converted.of("FROM scratch\nCOPY --link a /\n").names()).noneMatch(name -> name.contains("LINK"));
    }

    @Test
    void anInlineFileIsCopiedUnderItsName() {
        Converted converted = transfer("COPY --chown=1 a <<one <<-\"two\" /d/\nx $A \\$A \\\\ \\\none\n\t$A\n\ttwo");
        assertThat(converted.copies()).extracting(Copy::source).contains("/a", "/one", "/two");
        assertThat(converted.actions().map(FileAction::command).filter(MakeFile.class::isInstance))
                .extracting(command -> new String(((MakeFile) command).data().toArray(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder("x arg $A \\ \n", "$A\n");
        assertThat(converted.history()).last().isEqualTo("COPY --chown=1 a <<one <<two /d/ # buildkit");
    }

    @Test
    void heredocsHaveTheirOwnEscapeAndNoQuotes() {
        Converted converted = Converted.of("# escape=`\nFROM scratch\nENV A=1\nCOPY <<E /\n'$A' \"$A\" \\$A `$A\nE\n");
        assertThat(converted.actions().map(FileAction::command).filter(MakeFile.class::isInstance))
                .extracting(command -> new String(((MakeFile) command).data().toArray(), StandardCharsets.UTF_8))
                .containsExactly("'1' \"1\" $A `1\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            COPY --chmod=64a a /                | invalid chmod parameter: '64a'. it should be octal string and between 0 and 07777
            COPY --chmod=10000 a /              | invalid chmod parameter: '10000'. it should be octal string and between 0 and 07777
            COPY --chmod=u~x a /                | invalid syntax
            COPY --from=$X a /                  | variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround
            COPY https://h/x /                  | source can't be a URL for COPY
            COPY https://h/x.git /              | source can't be a git ref for COPY
            COPY git@h:x /                      | source can't be a git ref for COPY
            COPY a ${X:?no}                     | failed to process "${X:?no}": X: no
            """)
    void aCopyThatMakesNoSenseIsRefused(String instruction, String message) {
        assertThat(Converted.failure("FROM alpine\n" + instruction + "\n")).isEqualTo(message);
    }

    @Test
    void actionsOfOneInstructionAreChained() {
        Vertex vertex = transfer("COPY a b c /d/").vertex("COPY");
        List<FileAction> actions = ((FileOp) vertex.op()).actions();
        assertThat(actions).extracting(FileAction::input).containsExactly(0, 2, 3);
        assertThat(actions).extracting(FileAction::secondaryInput).containsExactly(1, 1, 1);
        assertThat(actions).extracting(FileAction::output).containsExactly(-1, -1, 0);
    }
}
