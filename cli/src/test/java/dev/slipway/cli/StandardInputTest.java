package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.SlipwayProcess.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command reads from its standard input: an archive, or a Dockerfile. */
@Tag("end-to-end")
class StandardInputTest {

    @TempDir
    private static Path home;

    @TempDir
    private Path folder;

    private Path context;
    private Path out;

    @BeforeEach
    void makeContext() throws IOException {
        context = Files.createDirectories(folder.resolve("context"));
        out = folder.resolve("out");
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY file /archived\n");
        Files.writeString(context.resolve("other"), "FROM scratch\nCOPY file /other\n");
        Files.writeString(context.resolve("file"), "content");
        Files.writeString(context.resolve(".dockerignore"), "left-out\n");
        Files.writeString(context.resolve("left-out"), "");
    }

    private Outcome build(byte[] input, String... arguments) throws Exception {
        String[] all = new String[arguments.length + 3];
        all[0] = "build";
        all[1] = "--output";
        all[2] = out.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return SlipwayProcess.run(home, input, all);
    }

    private static byte[] text(String dockerfile) {
        return dockerfile.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertBuilt(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    @Test
    void anArchiveIsTheContext() throws Exception {
        assertBuilt(build(Archive.of(context, "-z"), "-f", "other", "-"));
        assertThat(out.resolve("other")).hasContent("content");
    }

    @Test
    void anArchiveWithoutADockerfileIsCalledWhatItIs() throws Exception {
        Files.delete(context.resolve("Dockerfile"));
        Outcome outcome = build(Archive.of(context), "-");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("ERROR: there is no Dockerfile in the archive; name the file");
    }

    @Test
    void aDockerfileHasNoContext() throws Exception {
        assertBuilt(build(text("FROM scratch\nCOPY <<made /made\nhere\nmade\n"), "-"));
        assertThat(out.resolve("made")).hasContent("here\n");
    }

    @Test
    void aDockerfileIsReadBesideAFolder() throws Exception {
        assertBuilt(build(text("FROM scratch\nCOPY file /beside\n"), "-f", "-", context.toString()));
        assertThat(out.resolve("beside")).hasContent("content");
        Outcome outcome = build(text("FROM scratch\nCOPY left-out /\n"), "--file=-", context.toString());
        assertThat(outcome.err()).contains("\"/left-out\": not found");
    }

    @Test
    void inputThatIsWantedTwiceIsRefused() throws Exception {
        Outcome both = build(text("FROM scratch\n"), "-f", "-", "-");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.err()).contains("standard input cannot be both the context and the Dockerfile");
    }

    @Test
    void otherCommandsReadItToo() throws Exception {
        Outcome outcome = SlipwayProcess.run(home, Archive.of(context, "-z"), "llb", "-");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("http://buildkit-session/", "\"http.filename\": \"context\"");
    }
}
