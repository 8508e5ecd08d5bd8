package dev.slipway.local.source;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.source.GitSource.Commit;
import dev.slipway.local.store.Folders;
import dev.slipway.local.store.LastUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Checks a commit out. What is fetched stays in a bare repository of the store, one for each remote, so that the next fetch
 * brings only what is new.
 *
 * @param repository the bare repository; the caller holds its lock
 */
record GitCheckout(GitProgram git, Path repository, GitAddress address, Commit commit) {

    void run(Path folder) throws IOException, InterruptedException {
        LastUse.now(repository);
        fetch();
        if (address.keepGitFolder() && address.folder().isEmpty()) {
            cloneInto(folder);
        } else {
            git.in(repository, folder, "checkout", "--no-overlay", commit.commit(), "--", ".");
            updateSubmodules(repository, folder);
        }
    }

    /** Addresses of submodules may be relative to that of the remote. */
    private void updateSubmodules(Path gitFolder, Path folder) throws IOException, InterruptedException {
        if (address.submodules() && Files.exists(folder.resolve(".gitmodules"), LinkOption.NOFOLLOW_LINKS)) {
            String origin = "remote.origin.url=" + address.remote();
            git.in(gitFolder, folder, "-c", origin, "submodule", "update", "--init", "--recursive", "--depth=1");
        }
    }

    /** The commit alone if the remote gives it, else what its reference leads to, else everything. */
    void fetch() throws IOException, InterruptedException {
        if (!Files.isDirectory(repository)) {
            Path aside = repository.resolveSibling(repository.getFileName() + ".new");
            Folders.delete(aside);
            git.run("init", "--quiet", "--bare", aside.toString());
            Files.move(aside, repository, StandardCopyOption.ATOMIC_MOVE);
        }
        if (hasCommit()) {
            return;
        }
        Files.deleteIfExists(repository.resolve("shallow.lock"));
        String remote = address.remote();
        boolean isName = !commit.reference().equals(commit.object());
        List<List<String>> ways = List.of(
                List.of("fetch", "--quiet", "--depth=1", "--no-tags", "--", remote, commit.object()),
                List.of("fetch", "--quiet", "--depth=1", "--no-tags", "--", remote, commit.reference()),
                List.of("fetch", "--quiet", "--tags", "--", remote));
        ExecutorException failure = null;
        for (List<String> way : ways) {
            if (way == ways.get(1) && !isName) {
                continue;
            }
            try {
                git.in(repository, repository, way.toArray(String[]::new));
                if (hasCommit()) {
                    return;
                }
                failure = null; // The remote answers: what is wanted is not there.
            } catch (ExecutorException e) {
                failure = failure == null ? e : failure;
            }
        }
        throw failure != null
                ? failure
                : new ExecutorException("commit " + commit.commit() + " is not in the repository " + address.display()
                        + "; check the commit, and whether it has been pushed");
    }

    private boolean hasCommit() throws IOException, InterruptedException {
        return git.succeeds(repository, "cat-file", "-e", commit.object() + "^{commit}");
    }

    /** A repository of its own, which knows nothing of the store. */
    private void cloneInto(Path folder) throws IOException, InterruptedException {
        Path own = folder.resolve(".git");
        String name = commit.reference().startsWith("refs/") ? commit.reference() : "refs/slipway/" + commit.object();
        git.in(repository, repository, "update-ref", name, commit.object());
        git.in(own, folder, "-c", "init.defaultBranch=master", "init", "--quiet");
        git.in(own, folder, "remote", "add", "origin", "file://" + repository);
        git.in(own, folder, "fetch", "--quiet", "-u", "--depth=1", "--", "origin", name + ":" + name);
        git.in(own, folder, "checkout", "--quiet", "FETCH_HEAD");
        git.in(own, folder, "remote", "set-url", "origin", address.display());
        git.in(own, folder, "reflog", "expire", "--all", "--expire=now");
        Files.deleteIfExists(own.resolve("FETCH_HEAD"));
        updateSubmodules(own, folder);
    }
}
