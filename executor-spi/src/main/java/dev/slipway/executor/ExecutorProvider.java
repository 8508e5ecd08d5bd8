package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

/**
 * Opens executors of one kind. Implementations have a public constructor without parameters. They are named in a file {@code
 * META-INF/services/dev.slipway.executor.ExecutorProvider} or, in a module, in a {@code provides} directive.
 */
public interface ExecutorProvider {

    /** The name of this kind in the configuration, such as {@code local}. */
    String name();

    /**
     * Opens an executor.
     *
     * @throws ExecutorException if the settings are wrong or the backend cannot be reached
     */
    BuildExecutor open(ExecutorSettings settings);

    /**
     * Finds a provider by name, for an executor that wraps another. Searches the class loader of this interface and the context class
     * loader of the thread. Providers that cannot be loaded are skipped.
     *
     * @throws ExecutorException if there is no provider with this name. The cause is why one could not be loaded, if that happened
     */
    static ExecutorProvider named(String name) {
        return new Providers().named(requireNonNull(name, "name is null"));
    }
}
