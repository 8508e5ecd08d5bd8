package dev.slipway.local.file;

import static dev.slipway.local.TestBuild.base;
import static dev.slipway.local.TestBuild.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileAction.MakeDirectory;
import dev.slipway.llb.FileAction.MakeFile;
import dev.slipway.llb.FileAction.Remove;
import dev.slipway.llb.FileAction.Symlink;
import dev.slipway.llb.Vertex;
import dev.slipway.local.TestBuild;
import dev.slipway.local.TestImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, folders and links that steps make, and what they remove. */
class MakeTest {

    @TempDir
    Path folder;

    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder);
        new TestImage()
                .layer()
                .folder("d", 0700)
                .file("d/f", "old")
                .file("d/g", "old")
                .add(FileEntry.symlink("link", "../../d"))
                .write(build.layout);
    }

    @AfterEach
    void close() {
        build.close();
    }

    @Test
    void aFileIsWrittenThroughLinksAndKeepsItsMode() throws Exception {
        assertThat(build.listLayer(onBase(makeFile("/link/new", 0600)))).containsExactly("d/ 700", "d/new 600 new");
        assertThat(build.listLayer(onBase(makeFile("/link/f", 0600)))).containsExactly("d/ 700", "d/f 644 new");
    }

    @Test
    void aFolderKeepsWhatItIsIfItIsThere() throws Exception {
        assertThat(build.list(
                        onBase(new MakeDirectory("/d/e/f", 0750, true, Optional.empty(), FileAction.NO_TIMESTAMP))))
                .contains("d/ 700", "d/e/ 750", "d/e/f/ 750");
        assertThat(build.list(onBase(new MakeDirectory("/d", 0750, true, Optional.empty(), FileAction.NO_TIMESTAMP))))
                .contains("d/ 700");
    }

    @Test
    void aFolderIsNotMadeOverAFile() {
        assertThatThrownBy(() -> build.list(
                        onBase(new MakeDirectory("/d/f/e", 0755, true, Optional.empty(), FileAction.NO_TIMESTAMP))))
                .isInstanceOf(ExecutorException.class)
                .hasMessageContaining("/d/f/e: not a directory");
    }

    @Test
    void aLinkIsMade() throws Exception {
        assertThat(build.list(onBase(new Symlink("/d/f", "/d/l", Optional.empty(), FileAction.NO_TIMESTAMP))))
                .contains("d/l -> /d/f");
    }

    @Test
    void whatIsRemovedIsGoneFromTheLayersBelow() throws Exception {
        assertThat(build.listLayer(onBase(new Remove("/d/*", false, true))))
                .containsExactly("d/ 700", "d/f gone", "d/g gone");
        assertThat(build.listLayer(onBase(new Remove("/link/f", false, false)))).containsExactly("d/ 700", "d/f gone");
    }

    @Test
    void whatIsMissingIsRemovedOnlyIfThatIsAllowed() throws Exception {
        assertThat(build.listLayer(onBase(new Remove("/x", true, false)))).isEmpty();
        assertThatThrownBy(() -> build.list(onBase(new Remove("/x", false, false))))
                .isInstanceOf(ExecutorException.class)
                .hasMessageContaining("/x");
    }

    @Test
    void theRootItselfIsNotRemoved() {
        for (String path : List.of("/", "", "..", "/../..")) {
            assertThatThrownBy(() -> build.list(onBase(new Remove(path, true, false))))
                    .as(path)
                    .isInstanceOf(ExecutorException.class)
                    .hasMessageContaining("cannot be removed");
        }
    }

    private static MakeFile makeFile(String path, int mode) {
        return new MakeFile(path, mode, Bytes.utf8("new"), Optional.empty(), FileAction.NO_TIMESTAMP);
    }

    private static Vertex onBase(FileAction.Command command) {
        return file(Optional.of(base()), Optional.empty(), command);
    }
}
