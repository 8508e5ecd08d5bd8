package dev.slipway.local.source;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.executor.StepMonitor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.local.store.Folders;
import dev.slipway.local.store.Snapshot;
import dev.slipway.local.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Git repositories. A branch or tag is asked for once in a build, so that every step sees the same commit. */
public final class GitSource implements Source {

    private final Store store;
    private final Contexts contexts;
    private final BuildSession session;
    private final Map<Digest, String> commits = new ConcurrentHashMap<>();

    public GitSource(Store store, Contexts contexts, BuildSession session) {
        this.store = store;
        this.contexts = contexts;
        this.session = session;
    }

    /** The commit stands for its files; what of them is taken stands in the vertex. */
    @Override
    public Digest key(Vertex vertex) throws IOException, InterruptedException {
        return Digest.sha256("git " + commit(vertex));
    }

    @Override
    public Result run(Vertex vertex, StepMonitor monitor) throws IOException, InterruptedException {
        GitPlace place = GitPlace.of((SourceOp) vertex.op());
        String commit = commit(vertex);
        Path folder = store.temp().newFolder();
        try {
            new GitRemote(place, session).checkOut(commit, folder);
            if (!place.keepGitFolder()) {
                removeGitFolders(folder);
            }
            String layer = contexts.scanOnce(part(folder, place));
            return store.roots().save(new Snapshot(List.of(layer)));
        } finally {
            Folders.delete(folder);
        }
    }

    private String commit(Vertex vertex) throws IOException, InterruptedException {
        String commit = commits.get(vertex.digest());
        if (commit == null) {
            commit = new GitRemote(GitPlace.of((SourceOp) vertex.op()), session).commit();
            commits.put(vertex.digest(), commit);
        }
        return commit;
    }

    /** A repository may hold links that lead out of it. */
    private static Path part(Path folder, GitPlace place) throws IOException {
        Path root = folder.toRealPath();
        Path wanted = root.resolve(place.subfolder().replaceFirst("^/+", ""));
        if (!Files.isDirectory(wanted) || !wanted.toRealPath().startsWith(root)) {
            throw new ExecutorException("repository " + place.url() + " has no folder " + place.subfolder());
        }
        return wanted.toRealPath();
    }

    /** Submodules have a file of that name in place of the folder. */
    private static void removeGitFolders(Path folder) throws IOException {
        List<Path> found;
        try (Stream<Path> paths = Files.walk(folder)) {
            found = paths.filter(path -> path.getFileName().toString().equals(".git"))
                    .toList();
        }
        for (Path path : found) {
            Folders.delete(path);
        }
    }
}
