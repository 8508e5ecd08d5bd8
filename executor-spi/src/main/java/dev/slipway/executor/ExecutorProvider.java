package dev.slipway.executor;

import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Opens executors of one kind. Implementations have a public constructor and are listed in {@code META-INF/services}. */
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
     * loader of the thread.
     *
     * @throws ExecutorException if there is no provider with this name
     */
    static ExecutorProvider named(String name) {
        return Stream.of(
                        ExecutorProvider.class.getClassLoader(),
                        Thread.currentThread().getContextClassLoader())
                .flatMap(loader -> ServiceLoader.load(ExecutorProvider.class, loader).stream())
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ExecutorException("there is no executor " + name
                        + "; add the artifact that provides it to the class path or module path"));
    }
}
