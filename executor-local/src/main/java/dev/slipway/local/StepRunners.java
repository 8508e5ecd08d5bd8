package dev.slipway.local;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.exec.ProcessRunner;
import dev.slipway.local.exec.SandboxRunner;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.choice.Sandboxes;
import dev.slipway.local.store.Store;
import dev.slipway.local.worker.Worker;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what runs processes here, when the first one is to be run: a sandbox of this process, or where that takes rights which
 * this user does not have, a worker in a user namespace.
 */
final class StepRunners implements AutoCloseable {

    private static final String ADVICE =
            "; run as root, allow this user to make user namespaces (user.max_user_namespaces above 0, and on Ubuntu"
                    + " kernel.apparmor_restrict_unprivileged_userns 0), or ";

    private final Path home;
    private final Store store;
    private final Path scratch;
    private final Emulators emulators;
    private final Optional<String> wanted;
    private @Nullable ProcessRunner chosen;

    /**
     * @param home the folder of the store
     * @param wanted the name of what is to be used; without it, the best one that can be
     */
    StepRunners(Path home, Store store, Path scratch, Emulators emulators, Optional<String> wanted) {
        this.home = home;
        this.store = store;
        this.scratch = scratch;
        this.emulators = emulators;
        this.wanted = wanted;
    }

    /**
     * What runs processes.
     *
     * @throws ExecutorException if nothing can; the message says why
     */
    synchronized ProcessRunner get() throws InterruptedException {
        if (chosen == null) {
            chosen = choose();
        }
        return chosen;
    }

    private ProcessRunner choose() throws InterruptedException {
        Sandboxes sandboxes = new Sandboxes(scratch, store.machineFolder(), emulators);
        if (wanted.isPresent() && !wanted.get().equals(Worker.NAME)) {
            return new SandboxRunner(store, sandboxes.choose(wanted.get()));
        }
        if (wanted.isEmpty() && sandboxes.hasRights()) {
            return new SandboxRunner(store, sandboxes.choose());
        }
        try {
            return Worker.start(home, store, scratch);
        } catch (ExecutorException e) {
            String reason = "this user cannot run processes: " + e.getMessage() + ADVICE;
            if (wanted.isPresent()) {
                throw new ExecutorException(reason + "choose another sandbox", e);
            }
            return new SandboxRunner(store, lastResort(sandboxes, reason));
        }
    }

    private static Sandbox lastResort(Sandboxes sandboxes, String reason) {
        try {
            return sandboxes.choose(Sandboxes.LAST_RESORT);
        } catch (ExecutorException e) {
            throw new ExecutorException(
                    reason + "install the program " + Sandboxes.LAST_RESORT + ", which does without: " + e.getMessage(),
                    e);
        }
    }

    /** A name of something that can be wanted. */
    static String requireName(String name) {
        if (!names().contains(name)) {
            throw new ExecutorException("unknown sandbox " + name + "; there are " + String.join(", ", names()));
        }
        return name;
    }

    /** What can be wanted. */
    static List<String> names() {
        return Stream.concat(Sandboxes.names().stream(), Stream.of(Worker.NAME)).toList();
    }

    @Override
    public synchronized void close() {
        if (chosen != null) {
            chosen.close();
        }
    }
}
