package dev.slipway.attest;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks for a list beside each image of what is inside (a software bill of materials). A scanner makes it: an image that follows
 * BuildKit's protocol for scanners.
 *
 * @param generator the scanner's image
 * @param parameters of the scanner, which finds them in variables that begin with {@code BUILDKIT_SCAN_}
 */
public record Sbom(String generator, SortedMap<String, String> parameters) {

    /** The scanner unless another one is asked for. */
    public static final String GENERATOR = "docker/buildkit-syft-scanner:stable-1";

    public Sbom {
        requireNonNull(generator, "generator is null");
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(parameters, "parameters is null")));
        if (generator.isEmpty()) {
            throw new IllegalArgumentException("sbom scanner cannot be empty; name the image of a scanner");
        }
        ImageReference.parse(generator);
    }

    /** A list that the usual scanner makes. */
    public static Sbom usual() {
        return of(GENERATOR);
    }

    /**
     * A list that this scanner makes.
     *
     * @param generator the scanner's image
     * @throws IllegalArgumentException if it is no name of an image
     */
    public static Sbom of(String generator) {
        return new Sbom(generator, new TreeMap<>());
    }

    /**
     * A list with the options of {@code --attest type=sbom}, as buildx names them.
     *
     * @param options {@code generator}, and the parameters of the scanner
     * @throws IllegalArgumentException if the generator is no name of an image
     */
    public static Sbom of(Map<String, String> options) {
        return AttestationWords.sbom(requireNonNull(options, "options is null"));
    }

    /** The same with one more parameter, or with another value of it. */
    public Sbom with(String name, String value) {
        TreeMap<String, String> more = new TreeMap<>(parameters);
        more.putAll(Map.of(requireNonNull(name, "name is null"), requireNonNull(value, "value is null")));
        return new Sbom(generator, more);
    }
}
