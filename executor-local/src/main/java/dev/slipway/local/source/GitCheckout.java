package dev.slipway.local.source;

import dev.slipway.local.source.RepositorySource.Commit;
import dev.slipway.local.store.folder.LastUse;
import dev.slipway.local.store.folder.TempFolder;
import dev.slipway.oci.disk.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Checks a commit out. What is fetched stays in a bare repository of the store, one for each remote, so that the next fetch
 * brings only what is new. Nothing else comes from there: what a build configures, such as its submodules, it does in a
 * repository of its own, which borrows the objects.
 *
 * @param repository the bare repository; the caller holds its lock
 */
record GitCheckout(GitProgram git, TempFolder temp, Path repository, GitAddress address, Commit commit) {

    /** Asks for the last commit alone. */
    static final String SHALLOW = "--depth=1";

    void run(Path folder) throws IOException, InterruptedException {
        LastUse.now(repository);
        new GitFetch(git, repository, address, commit).run();
        if (address.keepGitFolder() && address.folder().isEmpty()) {
            cloneInto(folder);
        } else {
            checkOut(folder);
        }
    }

    private void checkOut(Path folder) throws IOException, InterruptedException {
        Path own = temp.newPath();
        try {
            git.init(own);
            Path alternates = own.resolve("objects/info/alternates");
            Files.createDirectories(alternates.getParent());
            Files.writeString(alternates, repository.toRealPath().resolve("objects") + "\n");
            git.in(own, own, "config", "remote.origin.url", address.remote());
            git.in(own, folder, "checkout", "--no-overlay", commit.commit(), "--", ".");
            updateSubmodules(own, folder);
        } finally {
            Folders.delete(own);
        }
    }

    /** Addresses of submodules may be relative to that of the remote. */
    private void updateSubmodules(Path gitFolder, Path folder) throws IOException, InterruptedException {
        if (address.submodules() && Files.exists(folder.resolve(".gitmodules"), LinkOption.NOFOLLOW_LINKS)) {
            git.updateSubmodules(gitFolder, folder);
        }
    }

    /** A repository of its own, which knows nothing of the store: no tags either, which earlier builds may have fetched. */
    private void cloneInto(Path folder) throws IOException, InterruptedException {
        Path own = folder.resolve(".git");
        String name = "refs/slipway/" + commit.object();
        String given = commit.reference().startsWith("refs/") ? commit.reference() : name;
        git.in(repository, repository, "update-ref", name, commit.object());
        git.in(own, folder, "-c", "init.defaultBranch=master", "init", "--quiet");
        git.in(own, folder, "remote", "add", "origin", "file://" + repository);
        git.in(own, folder, "fetch", "--quiet", "-u", "--no-tags", SHALLOW, "--", "origin", name + ":" + given);
        git.in(own, folder, "checkout", "--quiet", "FETCH_HEAD");
        git.in(own, folder, "remote", "set-url", "origin", address.display());
        git.in(own, folder, "reflog", "expire", "--all", "--expire=now");
        Files.deleteIfExists(own.resolve("FETCH_HEAD"));
        updateSubmodules(own, folder);
    }
}
