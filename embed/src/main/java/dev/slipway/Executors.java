package dev.slipway;

import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ExecutorProvider;
import dev.slipway.executor.ExecutorSettings;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds executors by their names, whoever made them. */
final class Executors {

    private Executors() {}

    /**
     * Opens an executor.
     *
     * @throws BuildException if there is none of this name, or it cannot be opened
     */
    static BuildExecutor open(String name, ExecutorSettings settings) {
        ExecutorProvider provider = providers()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> missing(name));
        try {
            return provider.open(settings);
        } catch (ExecutorException e) {
            throw new BuildException(e.getMessage(), List.of(), e);
        }
    }

    private static BuildException missing(String name) {
        String known = providers().map(ExecutorProvider::name).distinct().collect(Collectors.joining(", "));
        String advice = name.equals(Slipway.LOCAL)
                ? "add the artifact dev.slipway:slipway-executor-local"
                : "add the artifact that provides it";
        return new BuildException("there is no executor " + name + (known.isEmpty() ? "" : ", only " + known) + "; "
                + advice + " to the class path or module path");
    }

    /** Those beside this library come first; plugins of a program often are behind a class loader of their thread. */
    private static Stream<ExecutorProvider> providers() {
        ClassLoader own = Slipway.class.getClassLoader();
        ClassLoader caller = Thread.currentThread().getContextClassLoader();
        return Stream.of(own, caller)
                .filter(loader -> loader != null)
                .distinct()
                .flatMap(loader -> ServiceLoader.load(ExecutorProvider.class, loader).stream())
                .map(ServiceLoader.Provider::get);
    }
}
