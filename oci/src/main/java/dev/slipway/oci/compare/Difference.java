package dev.slipway.oci.compare;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One thing in which two images differ.
 *
 * @param section what part of the images it is in
 * @param subject the name of a field of the config, the number of a layer or of an entry of the history from 1, or the absolute
 *     path of a file
 * @param changes its changes, at least one
 */
public record Difference(Section section, String subject, List<Change> changes) {

    public Difference {
        requireNonNull(section, "section is null");
        requireNonNull(subject, "subject is null");
        changes = List.copyOf(changes);
    }

    /** A part of an image. */
    public enum Section {
        CONFIG,
        HISTORY,
        LAYERS,
        FILES
    }

    /** What happened to the subject. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /**
     * One change of the subject.
     *
     * @param field the field that changed; empty for the subject as a whole
     * @param before in the first image, if it is there
     * @param after in the second one, if it is there
     * @param isMinor whether it can change with each build without a visible effect: a time, or how the same files are packed
     */
    public record Change(String field, Optional<String> before, Optional<String> after, boolean isMinor) {

        public Change {
            requireNonNull(field, "field is null");
            requireNonNull(before, "before is null");
            requireNonNull(after, "after is null");
        }
    }

    /** Whether the subject is in only one of the images. */
    public Kind kind() {
        if (changes.size() == 1 && changes.get(0).field().isEmpty()) {
            Change change = changes.get(0);
            return change.before().isEmpty() ? Kind.ADDED : change.after().isEmpty() ? Kind.REMOVED : Kind.CHANGED;
        }
        return Kind.CHANGED;
    }

    /** The difference without minor changes; empty if no others are left. */
    Optional<Difference> major() {
        List<Change> major =
                changes.stream().filter(change -> !change.isMinor()).toList();
        return major.isEmpty() ? Optional.empty() : Optional.of(new Difference(section, subject, major));
    }
}
