package dev.slipway.context;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** Reads what a program has on its class path or module path. */
final class Resources {

    private Resources() {}

    /**
     * The content of a resource.
     *
     * @throws IllegalArgumentException if there is none
     */
    static byte[] read(Class<?> beside, String name) {
        URL url = find(requireNonNull(beside, "beside is null"), requireNonNull(name, "name is null"));
        try (InputStream in = url.openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the resource " + name + ": " + e.getMessage(), e);
        }
    }

    /** A folder of resources, where it is on a disk or in a jar file. */
    static ContextPlace folder(Class<?> beside, String name) {
        URL url = find(beside, name);
        try {
            return url.getProtocol().equals("jar") ? inJar(url) : new ContextPlace.Folder(Path.of(url.toURI()));
        } catch (IOException | URISyntaxException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "the resources " + name + " are neither in a folder nor in a jar file, but at " + url
                            + "; give them as files in memory",
                    e);
        }
    }

    private static ContextPlace inJar(URL url) throws IOException, URISyntaxException {
        JarURLConnection connection = (JarURLConnection) url.openConnection();
        URI jar = connection.getJarFileURL().toURI();
        return new ContextPlace.Zip(Path.of(jar), connection.getEntryName());
    }

    private static URL find(Class<?> beside, String name) {
        URL url = beside.getResource(name);
        if (url == null) {
            throw new IllegalArgumentException("there is no resource " + name
                    + "; look at its path, and whether its package is open if it is in a named module");
        }
        return url;
    }
}
