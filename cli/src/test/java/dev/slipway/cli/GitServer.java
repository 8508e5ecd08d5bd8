package dev.slipway.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A folder as a git repository on loopback.
 *
 * @param process the server
 * @param address of the repository
 */
record GitServer(Process process, String address) implements AutoCloseable {

    /** When {@code serve-git} says that the commit was made. */
    static final long COMMIT_TIME = 1_700_000_000;

    /** Serves a folder; its only commit is the branch {@code main} and this tag. */
    static GitServer start(Path root, Path folder, String name, String tag) throws IOException {
        Process process = new ProcessBuilder(
                        root.resolve("testdata/serve-git").toString(), "0", folder.toString(), name, tag)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String address = output.readLine();
        if (address == null) {
            throw new IOException("testdata/serve-git ended without an address");
        }
        return new GitServer(process, address);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
