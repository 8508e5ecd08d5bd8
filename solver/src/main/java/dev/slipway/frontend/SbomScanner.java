package dev.slipway.frontend;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An image that lists the contents of a result, by BuildKit's protocol: it finds the files in {@code BUILDKIT_SCAN_SOURCE} and
 * {@code BUILDKIT_SCAN_SOURCE_EXTRAS}, and leaves in-toto statements in {@code BUILDKIT_SCAN_DESTINATION}.
 *
 * @param image of the scanner
 * @param parameters passed to it in variables that begin with {@code BUILDKIT_SCAN_}
 */
public record SbomScanner(ImageReference image, SortedMap<String, String> parameters) {

    public SbomScanner {
        image = requireNonNull(image, "image is null").withDefaultTag();
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(parameters, "parameters is null")));
    }
}
