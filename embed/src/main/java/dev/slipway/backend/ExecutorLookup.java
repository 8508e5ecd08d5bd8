package dev.slipway.backend;

import dev.slipway.caller.RefusedException;
import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.ExecutorProvider;
import dev.slipway.executor.ExecutorSettings;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds executors by their names, whoever made them. */
public final class ExecutorLookup {

    /** The name of the executor that runs builds on this machine. */
    public static final String LOCAL = "local";

    private ExecutorLookup() {}

    /**
     * Opens an executor.
     *
     * @throws RefusedException if there is none of this name
     * @throws dev.slipway.executor.ExecutorException if it cannot be opened
     */
    public static BuildExecutor open(String name, ExecutorSettings settings) {
        ExecutorProvider provider = providers()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> missing(name));
        return provider.open(settings);
    }

    private static RefusedException missing(String name) {
        String known = providers().map(ExecutorProvider::name).distinct().collect(Collectors.joining(", "));
        String advice = name.equals(LOCAL)
                ? "add the artifact dev.slipway:slipway-executor-local"
                : "add the artifact that provides it";
        return new RefusedException("there is no executor " + name + (known.isEmpty() ? "" : ", only " + known) + "; "
                + advice + " to the class path or module path");
    }

    /** Those beside this library come first; plugins of a program often are behind a class loader of their thread. */
    private static Stream<ExecutorProvider> providers() {
        ClassLoader own = ExecutorLookup.class.getClassLoader();
        ClassLoader caller = Thread.currentThread().getContextClassLoader();
        return Stream.of(own, caller)
                .filter(loader -> loader != null)
                .distinct()
                .flatMap(loader -> ServiceLoader.load(ExecutorProvider.class, loader).stream())
                .map(ServiceLoader.Provider::get);
    }
}
