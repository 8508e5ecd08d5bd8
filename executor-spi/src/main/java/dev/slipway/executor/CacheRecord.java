package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import java.util.List;
import java.util.Optional;

/**
 * The results of a vertex, under a key that covers everything they depend on.
 *
 * @param key the key
 * @param step the name of the vertex, for people
 * @param parts the readable parts of the key, so that a miss can be explained by the part that differs
 * @param notes what explains the parts to a reader, such as the whole op and the names of the inputs; not part of the key
 * @param results the vertex's outputs
 */
public record CacheRecord(Digest key, String step, List<Part> parts, List<Part> notes, List<Result> results) {

    /** The name of the note that holds the identifier of a source, such as {@code docker-image://alpine@sha256:...}. */
    public static final String SOURCE = "source";

    public CacheRecord {
        requireNonNull(key, "key is null");
        requireNonNull(step, "step is null");
        parts = List.copyOf(requireNonNull(parts, "parts is null"));
        notes = List.copyOf(requireNonNull(notes, "notes is null"));
        results = List.copyOf(requireNonNull(results, "results is null"));
    }

    /** The value of a note, if present. */
    public Optional<String> note(String name) {
        return notes.stream()
                .filter(note -> note.name().equals(name))
                .map(Part::value)
                .findFirst();
    }

    /**
     * One part of a key.
     *
     * @param name such as {@code op}, {@code platform}, {@code input 0} or {@code input 1: /src}
     * @param value a digest or readable text; never a secret
     */
    public record Part(String name, String value) {

        public Part {
            requireNonNull(name, "name is null");
            requireNonNull(value, "value is null");
        }
    }
}
