package dev.slipway.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Makes tar archives of folders, with the program that users use. */
final class Archive {

    /** The time of all files. */
    static final long TIME = 1_500_000_000;

    private Archive() {}

    static byte[] of(Path folder, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tar", "-c", "--mtime=@" + TIME));
        command.addAll(List.of(options));
        command.addAll(List.of("-C", folder.toString(), "."));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] archive = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException("tar failed");
        }
        return archive;
    }

    /** The names of what is in an archive. */
    static List<String> names(byte[] archive) throws IOException {
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
