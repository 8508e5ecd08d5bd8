package dev.slipway;

import dev.slipway.attest.Provenance;
import dev.slipway.attest.Sbom;
import dev.slipway.executor.ImageReference;
import dev.slipway.frontend.SbomScanner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a request wants to have said about its images: what it asks for itself, else what a build argument does, as in BuildKit.
 *
 * @param provenance how they were made
 * @param sbom what is inside
 */
record AskedAttestations(Optional<Provenance> provenance, Optional<Sbom> sbom) {

    private static final String PREFIX = "BUILDKIT_ATTEST_";

    static AskedAttestations of(BuildRequest request) {
        return new AskedAttestations(
                request.provenance().or(() -> argument(request, "PROVENANCE", Provenance::of)),
                request.sbom().or(() -> argument(request, "SBOM", Sbom::of)));
    }

    private static <T> Optional<T> argument(
            BuildRequest request, String type, Function<Map<String, String>, T> parsed) {
        String text = request.buildArgs().get(PREFIX + type);
        if (text == null) {
            return Optional.empty();
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (String field : text.isEmpty() ? new String[0] : text.split(",")) {
            String[] parts = field.split("=", 2);
            options.put(parts[0], parts.length < 2 ? "" : parts[1]);
        }
        try {
            return Optional.of(parsed.apply(options));
        } catch (IllegalArgumentException e) {
            throw new BuildException("build argument " + PREFIX + type + ": " + e.getMessage());
        }
    }

    boolean isEmpty() {
        return provenance.isEmpty() && sbom.isEmpty();
    }

    /** The scanner, as the frontend wants it. */
    Optional<SbomScanner> scanner() {
        return sbom.map(wanted -> new SbomScanner(ImageReference.parse(wanted.generator()), wanted.parameters()));
    }
}
