package dev.slipway.local.source;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.executor.SourceAccess;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Layers;
import dev.slipway.local.layer.Node;
import dev.slipway.local.store.Snapshot;
import dev.slipway.local.store.Store;
import dev.slipway.oci.disk.FileLocks;
import dev.slipway.oci.disk.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Git repositories, by the {@code git} program. To say what a source holds, the remote is asked what its reference stands for;
 * a full commit id needs no question. Files get the time of the commit, so that the same commit is the same root.
 */
public final class RepositorySource implements Source {

    private final Store store;
    private final BuildSession session;
    private final Map<Digest, Commit> resolved = new ConcurrentHashMap<>();

    public RepositorySource(Store store, BuildSession session) {
        this.store = store;
        this.session = session;
    }

    /**
     * What a source stands for.
     *
     * @param reference the full name of the branch or tag, or the commit id itself
     * @param object what the remote has there: a commit, or an annotated tag
     * @param commit the commit
     */
    record Commit(String reference, String object, String commit) {}

    @Override
    public Digest key(Vertex vertex, StepMonitor monitor) throws IOException, InterruptedException {
        GitAddress address = GitAddress.of(vertex);
        Commit commit = commit(vertex, address);
        String gitFolder = address.keepGitFolder() ? commit.object() + "\n" + commit.reference() : "";
        return Digest.sha256(String.join(
                "\n",
                "slipway git",
                commit.commit(),
                address.folder(),
                address.submodules() ? "submodules" : "",
                gitFolder));
    }

    @Override
    public List<String> sharedKeys(Vertex vertex) throws IOException, InterruptedException {
        GitAddress address = GitAddress.of(vertex);
        return List.of(SharedKeys.ofRepository(address, commit(vertex, address)));
    }

    @Override
    public Result run(Vertex vertex, StepMonitor monitor) throws IOException, InterruptedException {
        GitAddress address = GitAddress.of(vertex);
        Commit commit = commit(vertex, address);
        Path checkout = store.temp().newFolder();
        // As git makes folders, and this is one that it fills.
        Files.setPosixFilePermissions(checkout, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (GitProgram git = new GitProgram(address, session, store.temp(), monitor)) {
            Path repository = repository(address);
            FileLocks.exclusively(
                    lock(repository),
                    () -> new GitCheckout(git, store.temp(), repository, address, commit).run(checkout));
            FolderScan scan = FolderScan.ofAll(checkout);
            Optional<Path> contents = new ContentTaker(checkout, store.temp())
                    .take(scan.files().values().stream()
                            .distinct()
                            .filter(file -> file.content().isEmpty())
                            .toList());
            Directory files = address.keepGitFolder() ? scan.root() : withoutGit(scan.root());
            Directory root = Layers.withModified(folder(files, address), git.commitTime(repository, commit));
            String layer = contents.isPresent()
                    ? store.layers().addWithContents(root, contents.get())
                    : store.layers().add(root);
            return store.roots().save(new Snapshot(List.of(layer)));
        } finally {
            Folders.delete(checkout);
        }
    }

    @Override
    public Optional<Instant> time(Vertex vertex) throws IOException, InterruptedException {
        GitAddress address = GitAddress.of(vertex);
        Commit commit = commit(vertex, address);
        try (GitProgram git = new GitProgram(address, session, store.temp(), StepMonitor.NONE)) {
            Path repository = repository(address);
            return FileLocks.exclusively(lock(repository), () -> {
                new GitFetch(git, repository, address, commit).run();
                return Optional.of(git.commitTime(repository, commit));
            });
        }
    }

    @Override
    public Optional<String> pin(Vertex vertex) throws IOException, InterruptedException {
        return Optional.of(commit(vertex, GitAddress.of(vertex)).commit());
    }

    @Override
    public Optional<String> missing(Vertex vertex) throws IOException, InterruptedException {
        GitAddress address = GitAddress.of(vertex);
        BuildSession offline = session.with(
                new SourceAccess(SourceAccess.Network.NONE, session.access().pins()));
        try (GitProgram git = new GitProgram(address, offline, store.temp(), StepMonitor.NONE)) {
            if (pinned(vertex).isEmpty() && !GitReferences.isNamed(address)) {
                return Optional.of("which commit it is now nobody may be asked");
            }
            Commit commit = commit(vertex, address);
            Path repository = repository(address);
            return FileLocks.exclusively(lock(repository), () -> {
                if (!new GitFetch(git, repository, address, commit).isThere()) {
                    return Optional.of("commit " + commit.commit() + " is not in the store");
                }
                boolean submodules = address.submodules()
                        && git.succeeds(repository, "cat-file", "-e", commit.commit() + ":.gitmodules");
                return submodules ? Optional.of("the store does not keep its submodules") : Optional.empty();
            });
        }
    }

    /** What was fetched of a remote before. */
    private Path repository(GitAddress address) {
        return store.gitFolder(Digest.sha256(address.remote()).hex());
    }

    private Path lock(Path repository) {
        return store.lock("git", repository.getFileName().toString());
    }

    private Commit commit(Vertex vertex, GitAddress address) throws IOException, InterruptedException {
        Commit known = resolved.get(vertex.digest());
        if (known == null) {
            Optional<String> pin = pinned(vertex);
            if (pin.isPresent()) {
                known = GitReferences.checked(new Commit(pin.get(), pin.get(), pin.get()), address);
            } else {
                try (GitProgram git = new GitProgram(address, session, store.temp(), StepMonitor.NONE)) {
                    known = GitReferences.resolve(git, address);
                }
            }
            resolved.put(vertex.digest(), known);
        }
        return known;
    }

    private Optional<String> pinned(Vertex vertex) {
        return session.access().pin(((SourceOp) vertex.op()).identifier());
    }

    /** Submodules leave files that say where in the store their repositories are. */
    private static Directory withoutGit(Directory folder) {
        TreeMap<String, Node> kept = new TreeMap<>();
        for (int i = 0; i < folder.size(); i++) {
            Node node = folder.node(i);
            if (!folder.name(i).equals(".git")) {
                kept.put(folder.name(i), node instanceof Directory child ? withoutGit(child) : node);
            }
        }
        return Directory.of(folder.attributes(), kept);
    }

    /** The folder of the checkout that is wanted. No link leads there: the folder has to be one of the repository's own. */
    private static Directory folder(Directory checkout, GitAddress address) {
        Directory folder = checkout;
        for (String name : address.folder().split("/")) {
            if (!name.isEmpty()) {
                folder = folder.child(name)
                        .filter(Directory.class::isInstance)
                        .map(Directory.class::cast)
                        .orElseThrow(() -> new ExecutorException(address.display() + ": invalid subdir "
                                + address.folder() + ": no such folder; check the part after the colon, or subdir="));
            }
        }
        return folder;
    }
}
