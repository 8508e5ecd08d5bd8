package dev.slipway.local;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.llb.DiffOp;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.MergeOp;
import dev.slipway.llb.Op;
import dev.slipway.local.file.FileOperations;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.LayerDiff;
import dev.slipway.local.layer.LayerForm;
import dev.slipway.local.store.ContentReader;
import dev.slipway.local.store.NewContents;
import dev.slipway.local.store.Snapshot;
import dev.slipway.local.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps that need no process: file operations, merging and comparing roots. */
final class FileSteps {

    private final Store store;
    private final Clock clock;

    FileSteps(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    List<Result> run(Op op, List<Result> inputs) throws IOException, InterruptedException {
        if (op instanceof FileOp file) {
            return operate(file, inputs);
        }
        if (op instanceof MergeOp merge) {
            return List.of(merge(merge, inputs));
        }
        if (op instanceof DiffOp diff) {
            return List.of(diff(diff, inputs));
        }
        throw new ExecutorException("the local executor does not know this kind of step");
    }

    private List<Result> operate(FileOp op, List<Result> inputs) throws IOException, InterruptedException {
        List<Directory> roots = new ArrayList<>();
        for (Result input : inputs) {
            roots.add(store.roots().files(input));
        }
        try (ContentReader contents = store.contents().reader();
                NewContents added = new NewContents(store.temp())) {
            List<FileOperations.Output> outputs = FileOperations.run(op, roots, contents, added, clock.instant());
            Optional<Path> bytes = added.finish();
            List<Result> results = new ArrayList<>();
            for (FileOperations.Output output : outputs) {
                Result base = output.input() == Op.NONE ? Result.EMPTY : inputs.get(output.input());
                boolean last = results.size() == outputs.size() - 1;
                Snapshot below = store.roots().snapshot(base);
                String layer = add(output.diff().layer(), store.roots().form(below), bytes, last);
                results.add(store.roots().save(below.with(layer)));
            }
            return results;
        }
    }

    /** Each layer keeps the new bytes for itself; hardly any step has more than one. */
    private String add(Directory layer, LayerForm form, Optional<Path> bytes, boolean last)
            throws IOException, InterruptedException {
        if (bytes.isEmpty()) {
            return store.layers().add(layer, form);
        }
        Path own = bytes.get();
        if (!last) {
            own = store.temp().newPath();
            Files.copy(bytes.get(), own);
        }
        return store.layers().addWithContents(layer, form, own);
    }

    /** Upon an image for Windows all layers are for Windows, also those of COPY --link: BuildKit leaves that out. */
    private Result merge(MergeOp op, List<Result> inputs) throws IOException, InterruptedException {
        List<Snapshot> roots = new ArrayList<>();
        boolean windows = false;
        for (int input : op.inputs()) {
            Snapshot root = snapshot(input, inputs);
            roots.add(root);
            windows |= store.roots().form(root).windows();
        }
        Snapshot merged = Snapshot.EMPTY;
        for (Snapshot root : roots) {
            merged = merged.with((windows ? store.roots().ofWindows(root) : root).layers());
        }
        return store.roots().save(merged);
    }

    /** Layers that were added are the difference; roots that have nothing to do with each other are compared. */
    private Result diff(DiffOp op, List<Result> inputs) throws IOException, InterruptedException {
        Snapshot lower = snapshot(op.lower(), inputs);
        Snapshot upper = snapshot(op.upper(), inputs);
        int common = lower.layers().size();
        if (upper.layers().size() >= common && upper.layers().subList(0, common).equals(lower.layers())) {
            List<String> added = upper.layers().subList(common, upper.layers().size());
            if (areWhole(added)) {
                return store.roots().save(new Snapshot(added));
            }
        }
        Directory layer =
                LayerDiff.between(store.roots().files(lower), store.roots().files(upper));
        LayerForm form = store.roots().form(upper);
        return store.roots().save(new Snapshot(List.of(store.layers().add(layer, form))));
    }

    /** Whether layers hold all of their files. One that came in an image may have links to those of lower layers. */
    private boolean areWhole(List<String> layers) throws IOException, InterruptedException {
        for (String layer : layers) {
            if (!store.layers().isMadeHere(layer) && store.layers().load(layer).hasLowerLinks()) {
                return false;
            }
        }
        return true;
    }

    private Snapshot snapshot(int input, List<Result> inputs) throws IOException {
        return input == Op.NONE ? Snapshot.EMPTY : store.roots().snapshot(inputs.get(input));
    }
}
