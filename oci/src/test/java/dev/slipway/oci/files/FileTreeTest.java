package dev.slipway.oci.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.image.ImageLayer;
import dev.slipway.oci.image.TestImages;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileTreeTest {

    private final TestImages images = new TestImages();

    private Image image(ImageLayer... layers) throws IOException {
        return Image.read(images.imageOf("linux/amd64", List.of(layers)).descriptor(), images);
    }

    private FileTree tree(ImageLayer... layers) throws IOException {
        return FileTree.of(image(layers));
    }

    private ImageLayer layer(FileEntry... entries) {
        return images.layer(List.of(entries));
    }

    private static FileEntry file(String path) {
        return FileEntry.file(path, 0644, 0);
    }

    private static FileEntry folder(String path) {
        return FileEntry.directory(path, 0755);
    }

    @Test
    void upperLayersCoverLowerOnes() throws Exception {
        FileTree tree =
                tree(layer(folder("d"), file("d/a"), file("d/b")), layer(FileEntry.file("d/a", 0600, 0), file("d/c")));
        assertThat(tree.files()).containsOnlyKeys("d", "d/a", "d/b", "d/c");
        assertThat(tree.files().get("d/a").entry().mode()).isEqualTo(0600);
        assertThat(tree.files().get("d/a").layer()).isEqualTo(1);
    }

    @Test
    void contentsAreDigested() throws Exception {
        FileTree tree = tree(images.layer("a", "content", Compression.GZIP));
        assertThat(tree.files().get("a").content()).contains(Digest.sha256("content"));
    }

    @Test
    void aWhiteoutTakesWhatIsBelowItAndNothingOfItsOwnLayer() throws Exception {
        FileTree tree = tree(
                layer(folder("d"), file("d/a"), file("d-a"), folder("e"), file("e/old")),
                layer(file("e/new"), FileEntry.whiteout("d"), FileEntry.whiteout("e")));
        assertThat(tree.files()).containsOnlyKeys("d-a", "e", "e/new");
    }

    @Test
    void anOpaqueFolderHidesWhatWasInIt() throws Exception {
        FileTree tree = tree(
                layer(folder("d"), file("d/a"), folder("d/b"), file("d/b/c")),
                layer(folder("d"), file("d/new"), FileEntry.opaque("d")));
        assertThat(tree.files()).containsOnlyKeys("d", "d/new");
    }

    @Test
    void aFileInPlaceOfAFolderTakesItsContentAway() throws Exception {
        FileTree tree = tree(layer(folder("d"), file("d/a")), layer(file("d")));
        assertThat(tree.files()).containsOnlyKeys("d");
    }

    @Test
    void foldersThatNoLayerHasAreMade() throws Exception {
        assertThat(tree(layer(file("a/b/c"))).files()).containsOnlyKeys("a", "a/b", "a/b/c");
    }

    @Test
    void entriesLandWhereLinksOfLowerLayersLead() throws Exception {
        FileTree tree = tree(
                layer(folder("usr"), folder("usr/lib"), FileEntry.symlink("lib", "usr/lib")),
                layer(FileEntry.symlink("lib64", "/lib"), file("lib/a"), file("lib64/b")));
        assertThat(tree.files()).containsOnlyKeys("usr", "usr/lib", "usr/lib/a", "usr/lib/b", "lib", "lib64");
    }

    @Test
    void aLinkLeadsNowhereOutOfTheRoot() throws Exception {
        FileTree tree = tree(layer(folder("d"), FileEntry.symlink("d/up", "../../../etc")), layer(file("d/up/a")));
        assertThat(tree.files()).containsOnlyKeys("d", "d/up", "etc", "etc/a");
    }

    @Test
    void linksInACircleAreRefused() throws Exception {
        Image image = image(layer(FileEntry.symlink("a", "b"), FileEntry.symlink("b", "a")), layer(file("a/file")));
        assertThatThrownBy(() -> FileTree.of(image)).hasMessage("a/file in a layer: too many links");
    }

    @Test
    void aHardLinkIsAFileOfItsOwn() throws Exception {
        FileTree tree = tree(layer(FileEntry.file("a", 0600, 0), FileEntry.hardLink("b", "a")), layer(file("a")));
        assertThat(tree.files().get("b").entry().mode()).isEqualTo(0600);
        Image broken = image(layer(FileEntry.hardLink("b", "a")));
        assertThatThrownBy(() -> FileTree.of(broken)).hasMessage("the hard link b leads to a, which is not there");
    }
}
