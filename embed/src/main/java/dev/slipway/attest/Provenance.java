package dev.slipway.attest;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Asks for provenance: a statement beside each image of how it was made. The words are those of {@code docker buildx build
 * --provenance}.
 *
 * @param mode how much is said
 * @param version of SLSA's document
 * @param builderId who says so, as a URL; may be empty
 * @param reproducible whether it is said that building again gives the same
 * @param inlineOnly whether it is for images in a registry alone
 * @param fileName of the file in outputs that are files
 * @param completeMaterials whether the build is refused if it uses something whose digest nobody knows, such as a folder of the client
 */
public record Provenance(
        Mode mode,
        Version version,
        String builderId,
        boolean reproducible,
        boolean inlineOnly,
        String fileName,
        boolean completeMaterials) {

    /** The name of the file unless another one is asked for. */
    public static final String FILE_NAME = "provenance.json";

    public Provenance {
        requireNonNull(mode, "mode is null");
        requireNonNull(version, "version is null");
        requireNonNull(builderId, "builderId is null");
        requireNonNull(fileName, "fileName is null");
        FileNames.check(fileName);
    }

    /** How much is said. */
    public enum Mode {
        /** Sources with their digests, and no build arguments, labels, secrets or steps. */
        MIN,
        /** All that is known: what was asked for, the Dockerfile, every step, and the layers that it made. */
        MAX
    }

    /** The version of SLSA's document. */
    public enum Version {
        V0_2,
        V1
    }

    /** Provenance that says all that is known. */
    public static Provenance max() {
        return new Provenance(Mode.MAX, Version.V1, "", false, false, FILE_NAME, false);
    }

    /** Provenance that says no more than what the image was made of. */
    public static Provenance min() {
        return max().with(Mode.MIN);
    }

    /**
     * Provenance with the options of {@code --attest type=provenance}, as buildx names them.
     *
     * @param options {@code mode}, {@code version}, {@code builder-id}, {@code reproducible}, {@code inline-only}, {@code filename}
     *     and {@code complete-materials}
     * @throws IllegalArgumentException if one is unknown, or has no such value
     */
    public static Provenance of(Map<String, String> options) {
        return AttestationWords.provenance(requireNonNull(options, "options is null"));
    }

    /** The same in another mode. */
    public Provenance with(Mode other) {
        return new Provenance(other, version, builderId, reproducible, inlineOnly, fileName, completeMaterials);
    }

    /** The same in another version. */
    public Provenance with(Version other) {
        return new Provenance(mode, other, builderId, reproducible, inlineOnly, fileName, completeMaterials);
    }

    /** The same of another builder. */
    public Provenance withBuilderId(String other) {
        return new Provenance(mode, version, other, reproducible, inlineOnly, fileName, completeMaterials);
    }

    /** The same, with the word that building again gives the same or without. */
    public Provenance withReproducible(boolean other) {
        return new Provenance(mode, version, builderId, other, inlineOnly, fileName, completeMaterials);
    }

    /** The same, for images in a registry alone or for all outputs. */
    public Provenance withInlineOnly(boolean other) {
        return new Provenance(mode, version, builderId, reproducible, other, fileName, completeMaterials);
    }

    /** The same in a file of another name. */
    public Provenance withFileName(String other) {
        return new Provenance(mode, version, builderId, reproducible, inlineOnly, other, completeMaterials);
    }

    /** The same, refused unless the digest of everything is known, or not. */
    public Provenance withCompleteMaterials(boolean other) {
        return new Provenance(mode, version, builderId, reproducible, inlineOnly, fileName, other);
    }
}
