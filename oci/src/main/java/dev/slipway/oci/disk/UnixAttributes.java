package dev.slipway.oci.disk;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/** Attributes of a file by Java's names for Unix; links are not followed. */
final class UnixAttributes {

    private final Map<String, Object> values;

    private UnixAttributes(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * Reads attributes.
     *
     * @param names separated by commas
     */
    static UnixAttributes of(Path path, String names) throws IOException {
        return new UnixAttributes(Files.readAttributes(path, "unix:" + names, LinkOption.NOFOLLOW_LINKS));
    }

    int number(String name) {
        return (int) longNumber(name);
    }

    long longNumber(String name) {
        return ((Number) value(name)).longValue();
    }

    Instant time(String name) {
        return ((FileTime) value(name)).toInstant();
    }

    private Object value(String name) {
        return requireNonNull(values.get(name), name);
    }
}
