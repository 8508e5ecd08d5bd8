package dev.slipway.local;

import static dev.slipway.local.TestBuild.base;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.image.FileEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the layers of a base image mean, as the OCI image specification has it (layer.md, "Representing Changes"). Where engines
 * differ, it decides.
 */
class LayerSpecificationTest {

    @TempDir
    Path folder;

    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder);
    }

    @AfterEach
    void close() {
        build.close();
    }

    private static TestImage lower() throws IOException {
        return new TestImage().layer().folder("a", 0755).file("a/old", "1").file("f", "2");
    }

    /** "The .wh..wh..opq entry indicates that all siblings are hidden in the lower layer": at the root, all that lower layers have. */
    @Test
    void anOpaqueRootHidesAllLowerLayers() throws Exception {
        lower().layer().add(FileEntry.opaque("")).file("new", "3").write(build.layout);

        assertThat(build.list(base())).containsExactly("new 644 3");
    }

    /** Its siblings in the same layer are not hidden, wherever it stands among them. */
    @Test
    void anOpaqueRootMayComeLast() throws Exception {
        lower().layer().file("new", "3").add(FileEntry.opaque("")).write(build.layout);

        assertThat(build.list(base())).containsExactly("new 644 3");
    }

    /**
     * "Whiteout files MUST only apply to resources in lower/parent layers. Files that are present in the same layer as a whiteout
     * file can only be hidden by whiteout files in subsequent layers."
     */
    @Test
    void aWhiteoutHidesNothingOfItsOwnLayer() throws Exception {
        List<FileEntry> entries =
                List.of(FileEntry.whiteout("a"), FileEntry.file("a/new", 0644, 0), FileEntry.directory("a", 0700));
        for (int first = 0; first < entries.size(); first++) {
            try (TestBuild each = new TestBuild(folder.resolve("from-" + first))) {
                TestImage image = lower().layer();
                for (int i = 0; i < entries.size(); i++) {
                    image.add(entries.get((first + i) % entries.size()));
                }
                image.write(each.layout);

                assertThat(each.list(base())).as("from " + first).containsExactly("a/ 700", "a/new 644 ", "f 644 2");
            }
        }
    }

    @Test
    void aFileTakesThePlaceOfWhatItsLayerTakesAway() throws Exception {
        for (boolean last : new boolean[] {false, true}) {
            try (TestBuild each = new TestBuild(folder.resolve("last-" + last))) {
                TestImage image = lower().layer();
                FileEntry whiteout = FileEntry.whiteout("f");
                (last ? image.file("f", "3").add(whiteout) : image.add(whiteout).file("f", "3")).write(each.layout);

                assertThat(each.list(base())).containsExactly("a/ 755", "a/old 644 1", "f 644 3");
            }
        }
    }

    /** No layer needs such a name, and what it means depends on who reads it: it is refused before anything is written. */
    @Test
    void aNameThatGoesUpIsRefusedForThat() throws Exception {
        for (String name : List.of("a/../t", "a/..")) {
            try (TestBuild each = new TestBuild(folder.resolve(name.replace('/', '-')))) {
                lower().layer().add(FileEntry.file(name, 0644, 0)).write(each.layout);

                assertThatThrownBy(() -> each.list(base()))
                        .isInstanceOfAny(ExecutorException.class, IOException.class)
                        .hasMessageEndingWith(
                                "a name in the archive goes back up with \"..\", which no layer needs: " + name);
            }
        }
    }
}
