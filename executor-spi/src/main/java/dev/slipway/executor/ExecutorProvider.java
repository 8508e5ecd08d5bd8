package dev.slipway.executor;

import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Makes executors of one kind. Implementations have a public constructor and are named in {@code META-INF/services}. */
public interface ExecutorProvider {

    /** The name by which configuration asks for this kind, such as {@code local}. */
    String name();

    /**
     * Opens an executor.
     *
     * @throws ExecutorException if the settings are wrong or the backend cannot be reached
     */
    BuildExecutor open(ExecutorSettings settings);

    /**
     * Finds a kind, for an executor that leads on to another. It is looked for beside this interface, and where the class loader
     * of the thread leads.
     *
     * @throws ExecutorException if there is none of this name
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
