package dev.slipway.executor;

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
}
