package dev.slipway.local.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.pattern.PatternMatcher;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.Directory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderScanTest {

    private static final int MANY = 300;

    @TempDir
    Path folder;

    @Test
    void everyFileOfManyFoldersIsFoundOnceInOrder() throws Exception {
        TreeSet<String> names = new TreeSet<>();
        for (int i = 0; i < MANY; i++) {
            names.add(write("many/d" + i + "/inner/file"));
            names.add(write("many/d" + i + "/other"));
        }

        FolderScan scan = FolderScan.ofAll(folder);

        assertThat(scan.files().keySet()).hasSameSizeAs(names).containsAll(names);
        FolderScan again = FolderScan.ofAll(folder);
        assertThat(again.files().keySet())
                .containsExactlyElementsOf(scan.files().keySet());
    }

    @Test
    void namesOfOneFileInManyFoldersStayNamesOfOneFile() throws Exception {
        Path first = folder.resolve(write("many/d0/file"));
        for (int i = 1; i < MANY; i++) {
            Files.createDirectories(folder.resolve("many/d" + i));
            Files.createLink(folder.resolve("many/d" + i + "/file"), first);
        }

        FolderScan scan = FolderScan.ofAll(folder);

        assertThat(scan.files().values().stream().distinct()).hasSize(1);
    }

    @Test
    void foldersOfWhichNothingIsTakenAreLeftOut() throws Exception {
        for (int i = 0; i < MANY; i++) {
            write("many/d" + i + "/left-out");
        }
        write("many/d7/wanted/file");
        Optional<PatternMatcher> include = Optional.of(PatternMatcher.of(List.of("many/*/wanted")));

        FolderScan scan = new FolderScan(folder, new LocalFilter(include, Optional.empty()), KnownFiles.NONE);

        assertThat(scan.files()).containsOnlyKeys("many/d7/wanted/file");
        scan.files().values().forEach(file -> file.content(Content.EMPTY));
        Directory many = (Directory) scan.root().child("many").orElseThrow();
        assertThat(many.names()).containsExactly("d7");
    }

    private String write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
        return name;
    }
}
