package dev.slipway.local.source;

import dev.slipway.executor.ClientException;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.local.layer.ContentDigest;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.store.Snapshot;
import dev.slipway.local.store.Store;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Folders of the client. To say what a folder holds, its new and changed files are read; what is read goes into the store at
 * once, so that the build sees each file as it was at one moment, and no file is read twice.
 */
public final class FolderSource implements Source {

    private final Store store;
    private final Contexts contexts;
    private final Map<String, Path> folders;
    private final Map<Digest, Result> scanned = new ConcurrentHashMap<>();
    private final Set<Result> filtered = ConcurrentHashMap.newKeySet();

    /**
     * @param contexts what earlier builds know of files
     * @param folders the client's folders, by name
     */
    public FolderSource(Store store, Contexts contexts, Map<String, Path> folders) {
        this.store = store;
        this.contexts = contexts;
        this.folders = folders;
    }

    @Override
    public Digest key(Vertex vertex, StepMonitor monitor) throws IOException, InterruptedException {
        Directory root = store.roots().files(run(vertex, StepMonitor.NONE));
        return ContentDigest.of(root);
    }

    @Override
    public Result run(Vertex vertex, StepMonitor monitor) throws IOException, InterruptedException {
        Result known = scanned.get(vertex.digest());
        if (known == null) {
            known = scan((SourceOp) vertex.op());
            scanned.put(vertex.digest(), known);
        }
        return known;
    }

    private Result scan(SourceOp op) throws IOException, InterruptedException {
        Path folder = Optional.ofNullable(folders.get(op.address()))
                .orElseThrow(() -> new ExecutorException("there is no folder " + op.address() + " in this build"));
        try {
            return scan(op, folder);
        } catch (ExecutorException e) {
            throw e;
        } catch (RuntimeException e) {
            if (folder.getFileSystem() == FileSystems.getDefault()) {
                throw e;
            }
            throw new ClientException("cannot read " + folder, e);
        }
    }

    private Result scan(SourceOp op, Path folder) throws IOException, InterruptedException {
        if (!Files.isDirectory(folder)) {
            throw new ExecutorException(folder + " is not a folder");
        }
        Path real = folder.toRealPath();
        LocalFilter filter = LocalFilter.of(op, real);
        Result result = store.roots().save(new Snapshot(List.of(contexts.scan(real, filter))));
        if (filter.exclude().isPresent()) {
            filtered.add(result);
        }
        return result;
    }

    /** Whether a result is of a folder of the client. */
    public boolean isFolder(Result result) {
        return scanned.containsValue(result);
    }

    /** Whether a result is of a folder of which patterns keep files from the build. */
    public boolean isFiltered(Result result) {
        return filtered.contains(result);
    }
}
