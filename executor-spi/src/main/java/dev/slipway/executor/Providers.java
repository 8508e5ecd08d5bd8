package dev.slipway.executor;

import dev.slipway.executor.text.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/** Finds a provider by its name. One that cannot be loaded is in the way of nobody who wants another. */
final class Providers {

    private final Set<String> known = new TreeSet<>();
    private final List<Throwable> broken = new ArrayList<>();

    /** Those beside Slipway come first; the plugins of a program often are behind a class loader of their thread. */
    ExecutorProvider named(String name) {
        ClassLoader thread = Thread.currentThread().getContextClassLoader();
        return in(ExecutorProvider.class.getClassLoader(), name)
                .or(() -> thread == null ? Optional.empty() : in(thread, name))
                .orElseThrow(() -> missing(name));
    }

    private Optional<ExecutorProvider> in(ClassLoader loader, String name) {
        Iterator<ExecutorProvider> found =
                ServiceLoader.load(ExecutorProvider.class, loader).iterator();
        while (true) {
            try {
                if (!found.hasNext()) {
                    return Optional.empty();
                }
                ExecutorProvider provider = found.next();
                if (provider.name().equals(name)) {
                    return Optional.of(provider);
                }
                known.add(provider.name());
            } catch (ServiceConfigurationError | LinkageError e) {
                broken.add(e);
                if (e.getCause() instanceof IOException) {
                    return Optional.empty(); // The iterator would try to read it again, for ever.
                }
            }
        }
    }

    private ExecutorException missing(String name) {
        String message =
                "there is no executor " + name + (known.isEmpty() ? "" : ", only " + String.join(", ", known)) + "; ";
        if (!broken.isEmpty()) {
            Throwable first = broken.get(0);
            return new ExecutorException(message + "a provider cannot be loaded: " + Reason.of(first), first);
        }
        String artifact = name.equals("local")
                ? "the artifact dev.slipway:slipway-executor-local"
                : "the artifact that provides it";
        return new ExecutorException(message + "add " + artifact + " to the class path or module path");
    }
}
