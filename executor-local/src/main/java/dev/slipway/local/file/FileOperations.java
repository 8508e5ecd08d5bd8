package dev.slipway.local.file;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Op;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.DraftDirectory;
import dev.slipway.local.layer.LayerDiff;
import dev.slipway.local.store.ContentReader;
import dev.slipway.local.store.NewContents;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Does the actions of a {@link FileOp}, one after the other. */
public final class FileOperations {

    private final FileOp op;
    private final List<Directory> inputs;
    private final Surroundings surroundings;
    private final List<State> states = new ArrayList<>();
    private Instant time = Instant.EPOCH;

    private FileOperations(FileOp op, List<Directory> inputs, Surroundings surroundings) {
        this.op = op;
        this.inputs = inputs;
        this.surroundings = surroundings;
    }

    /**
     * An output.
     *
     * @param input the input that it was built upon, or {@link Op#NONE}
     * @param diff what was done to it
     */
    public record Output(int input, LayerDiff diff) {}

    /**
     * Does all actions.
     *
     * @param inputs the roots of the inputs
     * @param contents reads the files of the inputs
     * @param added takes in new files
     * @param now the time of what is made without one
     * @return the outputs, in their order
     * @throws ExecutorException if an action is impossible
     */
    public static List<Output> run(
            FileOp op, List<Directory> inputs, ContentReader contents, NewContents added, Instant now)
            throws IOException, InterruptedException {
        return new FileOperations(op, inputs, new Surroundings(contents, added, now)).run();
    }

    private List<Output> run() throws IOException, InterruptedException {
        TreeMap<Integer, Output> outputs = new TreeMap<>();
        for (FileAction action : op.actions()) {
            State state = state(action.input());
            perform(action, state.draft);
            states.add(state);
            if (action.output() != Op.NONE) {
                outputs.put(action.output(), new Output(state.input, LayerDiff.of(state.original, state.draft)));
            }
        }
        return List.copyOf(outputs.values());
    }

    /** What an action changes. The result of an earlier action is changed in place unless something else needs it as it is. */
    private State state(int position) {
        if (position == Op.NONE) {
            return new State(Op.NONE, Directory.EMPTY, draft(Directory.EMPTY));
        }
        if (position < inputs.size()) {
            Directory input = inputs.get(position);
            return new State(position, input, draft(input));
        }
        State state = states.get(position - inputs.size());
        boolean shared = op.actions().stream()
                        .filter(other -> other.input() == position || other.secondaryInput() == position)
                        .count()
                > 1;
        return shared ? new State(state.input, state.original, draft(state.draft.toRoot())) : state;
    }

    /** Folders in which an action changes something have its time then. */
    private DraftDirectory draft(Directory root) {
        return DraftDirectory.over(root, () -> time);
    }

    private Directory root(int position) {
        if (position == Op.NONE) {
            return Directory.EMPTY;
        }
        return position < inputs.size()
                ? inputs.get(position)
                : states.get(position - inputs.size()).draft.toRoot();
    }

    private void perform(FileAction action, DraftDirectory root) throws IOException, InterruptedException {
        FileAction.Command command = action.command();
        time = Surroundings.time(timestamp(command)).orElse(surroundings.now());
        OwnerNumbers owners = new OwnerNumbers(inputs, surroundings.contents());
        if (command instanceof FileAction.Copy copy) {
            new CopyAction(copy, owners.resolve(copy.owner()), surroundings).run(root(action.secondaryInput()), root);
        } else if (command instanceof FileAction.MakeDirectory directory) {
            MakeActions.run(directory, owners.resolve(directory.owner()), root, surroundings);
        } else if (command instanceof FileAction.MakeFile file) {
            MakeActions.run(file, owners.resolve(file.owner()), root, surroundings);
        } else if (command instanceof FileAction.Symlink link) {
            MakeActions.run(link, owners.resolve(link.owner()), root, surroundings);
        } else if (command instanceof FileAction.Remove remove) {
            RemoveAction.run(remove, root);
        }
    }

    private static long timestamp(FileAction.Command command) {
        if (command instanceof FileAction.Copy copy) {
            return copy.timestamp();
        }
        if (command instanceof FileAction.MakeDirectory directory) {
            return directory.timestamp();
        }
        if (command instanceof FileAction.MakeFile file) {
            return file.timestamp();
        }
        return command instanceof FileAction.Symlink link ? link.timestamp() : FileAction.NO_TIMESTAMP;
    }

    /** What came of an input so far. */
    private record State(int input, Directory original, DraftDirectory draft) {}
}
