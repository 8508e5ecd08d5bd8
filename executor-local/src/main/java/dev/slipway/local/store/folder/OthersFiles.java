package dev.slipway.local.store.folder;

import static dev.slipway.local.launch.SystemCall.EXECVE;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.launch.FailedCall;
import dev.slipway.local.launch.LaunchedProcess;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.launch.UserNamespaceLauncher;
import dev.slipway.oci.disk.Folders;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Folders with files of the users that are set aside for this one: only as root of a user namespace can he remove them. */
final class OthersFiles {

    private static final String REMOVE = "/bin/rm";

    private OthersFiles() {}

    /**
     * Removes a folder.
     *
     * @param folder in which only files of others are left
     * @param scratch an existing folder on a file system that programs can be run from
     * @throws FileSystemException if it is still there afterwards; the reason says why
     */
    static void delete(Path folder, Path scratch) throws IOException {
        Path sockets = Files.createTempDirectory("slipway");
        try {
            LaunchedProcess process = new UserNamespaceLauncher(Launcher.in(scratch))
                    .start(
                            sockets,
                            program -> program.call(
                                    "run " + REMOVE,
                                    EXECVE,
                                    program.text(REMOVE),
                                    program.texts(List.of(REMOVE, "-rf", folder.toString())),
                                    program.texts(List.of())));
            Optional<FailedCall> failed = process.failure(process.errors().readAllBytes());
            if (process.waitFor() != 0) {
                throw new FileSystemException(
                        folder.toString(), null, failed.map(FailedCall::message).orElse("it has files of other users"));
            }
        } catch (ExecutorException e) {
            throw new FileSystemException(folder.toString(), null, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FileSystemException(folder.toString(), null, "interrupted");
        } finally {
            Folders.delete(sockets);
        }
    }
}
