package dev.slipway.local.source;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.source.RepositorySource.Commit;
import dev.slipway.oci.disk.Folders;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees to it that a commit is in a bare repository, with all its files.
 *
 * @param repository the bare repository, which need not exist; the caller holds its lock
 */
record GitFetch(GitProgram git, Path repository, GitAddress address, Commit commit) {

    /** The commit alone if the remote gives it, else what its reference leads to, else everything. */
    void run() throws IOException, InterruptedException {
        if (!Files.isDirectory(repository)) {
            Path aside = repository.resolveSibling(repository.getFileName() + ".new");
            Folders.delete(aside);
            git.init(aside);
            Files.move(aside, repository, StandardCopyOption.ATOMIC_MOVE);
        }
        deleteLocks();
        if (isThere()) {
            return;
        }
        ExecutorException failure = null;
        for (List<String> way : ways()) {
            try {
                git.withRemote(repository, way.toArray(String[]::new));
                failure = null; // The remote answers: if it is not there now, it is not to be had this way.
            } catch (ExecutorException e) {
                failure = e;
            }
            if (isThere()) {
                return;
            }
        }
        throw failure != null
                ? failure
                : new ExecutorException("commit " + commit.commit() + " is not in the repository " + address.display()
                        + "; check the commit, and whether it has been pushed");
    }

    /** Not every server gives a commit that is not the last of a branch, and one without the smart protocol nothing but everything. */
    private List<List<String>> ways() {
        List<List<String>> ways = new ArrayList<>();
        ways.add(fetch(List.of(GitCheckout.SHALLOW, GitRemote.NAME, commit.object())));
        if (!commit.reference().equals(commit.object())) {
            ways.add(fetch(List.of(GitCheckout.SHALLOW, GitRemote.NAME, commit.reference())));
        }
        List<String> everything = new ArrayList<>();
        if (Files.exists(repository.resolve("shallow"))) {
            everything.add("--unshallow");
        }
        // Names that the remote has no more are not in the way of new ones.
        everything.addAll(
                List.of("--prune", GitRemote.NAME, "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"));
        ways.add(fetch(everything));
        return ways;
    }

    private static List<String> fetch(List<String> arguments) {
        List<String> all =
                new ArrayList<>(List.of("fetch", "--quiet", "--force", "--no-tags", "--no-recurse-submodules"));
        all.addAll(arguments);
        return all;
    }

    /** A fetch that was cut off can leave a commit without its files. */
    boolean isThere() throws IOException, InterruptedException {
        return Files.isDirectory(repository)
                && git.succeeds(
                        repository, "rev-list", "--objects", "--no-walk", "--quiet", commit.object() + "^{commit}");
    }

    /** What a killed git has left: nobody else works here now. */
    private void deleteLocks() throws IOException {
        Files.walkFileTree(repository, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.equals(repository.resolve("objects"))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (file.getFileName().toString().endsWith(".lock")) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
