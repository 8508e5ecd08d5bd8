package dev.slipway.local.source;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.source.GitSource.Commit;
import dev.slipway.local.store.LastUse;
import dev.slipway.local.store.TempFolder;
import dev.slipway.oci.disk.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

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
        fetch();
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
            git.forSubmodules(gitFolder, folder, "submodule", "update", "--init", "--recursive", SHALLOW);
        }
    }

    /** The commit alone if the remote gives it, else what its reference leads to, else everything. */
    void fetch() throws IOException, InterruptedException {
        if (!Files.isDirectory(repository)) {
            Path aside = repository.resolveSibling(repository.getFileName() + ".new");
            Folders.delete(aside);
            git.init(aside);
            Files.move(aside, repository, StandardCopyOption.ATOMIC_MOVE);
        }
        if (hasCommit()) {
            return;
        }
        Files.deleteIfExists(repository.resolve("shallow.lock"));
        ExecutorException failure = null;
        for (List<String> way : ways()) {
            try {
                git.withRemote(repository, way.toArray(String[]::new));
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

    /** Not every server gives a commit that is not the last of a branch, and one without the smart protocol nothing but everything. */
    private List<List<String>> ways() {
        List<List<String>> ways = new ArrayList<>();
        ways.add(fetch(SHALLOW, "--no-tags", GitRemote.NAME, commit.object()));
        if (!commit.reference().equals(commit.object())) {
            ways.add(fetch(SHALLOW, "--no-tags", GitRemote.NAME, commit.reference()));
        }
        String depth = Files.exists(repository.resolve("shallow")) ? "--unshallow" : "--no-auto-maintenance";
        ways.add(fetch(depth, "--prune", "--tags", GitRemote.NAME, "+refs/heads/*:refs/remotes/origin/*"));
        return ways;
    }

    private static List<String> fetch(String... arguments) {
        List<String> all = new ArrayList<>(List.of("fetch", "--quiet", "--force", "--no-recurse-submodules"));
        all.addAll(List.of(arguments));
        return all;
    }

    private boolean hasCommit() throws IOException, InterruptedException {
        return git.succeeds(repository, "cat-file", "-e", commit.object() + "^{commit}");
    }

    /** A repository of its own, which knows nothing of the store. */
    private void cloneInto(Path folder) throws IOException, InterruptedException {
        Path own = folder.resolve(".git");
        String name = "refs/slipway/" + commit.object();
        String given = commit.reference().startsWith("refs/") ? commit.reference() : name;
        git.in(repository, repository, "update-ref", name, commit.object());
        git.in(own, folder, "-c", "init.defaultBranch=master", "init", "--quiet");
        git.in(own, folder, "remote", "add", "origin", "file://" + repository);
        git.in(own, folder, "fetch", "--quiet", "-u", SHALLOW, "--", "origin", name + ":" + given);
        git.in(own, folder, "checkout", "--quiet", "FETCH_HEAD");
        git.in(own, folder, "remote", "set-url", "origin", address.display());
        git.in(own, folder, "reflog", "expire", "--all", "--expire=now");
        Files.deleteIfExists(own.resolve("FETCH_HEAD"));
        updateSubmodules(own, folder);
    }
}
