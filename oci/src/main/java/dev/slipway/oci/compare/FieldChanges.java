package dev.slipway.oci.compare;

import dev.slipway.oci.compare.Difference.Change;
import dev.slipway.oci.compare.Difference.Section;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares things that have fields. */
final class FieldChanges {

    /** A field that is minor. */
    static final String TIME = "time";

    private FieldChanges() {}

    /** Turns each field that differs into a difference of its own. */
    static List<Difference> between(Section section, Map<String, String> before, Map<String, String> after) {
        List<Difference> differences = new ArrayList<>();
        for (Change change : changes(before, after)) {
            Change whole = new Change("", change.before(), change.after(), change.isMinor());
            differences.add(new Difference(section, change.field(), List.of(whole)));
        }
        return differences;
    }

    /** Compares one subject with several fields; no fields means that it does not exist. */
    static Optional<Difference> of(
            Section section, String subject, Map<String, String> before, Map<String, String> after) {
        if (before.isEmpty() != after.isEmpty()) {
            Change whole = new Change("", described(before), described(after), false);
            return Optional.of(new Difference(section, subject, List.of(whole)));
        }
        List<Change> changes = changes(before, after);
        return changes.isEmpty() ? Optional.empty() : Optional.of(new Difference(section, subject, changes));
    }

    private static List<Change> changes(Map<String, String> before, Map<String, String> after) {
        List<Change> changes = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            Optional<String> old = Optional.ofNullable(before.get(name));
            Optional<String> now = Optional.ofNullable(after.get(name));
            if (!old.equals(now)) {
                changes.add(new Change(name, old, now, name.equals(TIME)));
            }
        }
        return changes;
    }

    /** The fields of something that is in only one image, without the time when it was made. */
    private static Optional<String> described(Map<String, String> fields) {
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(fields.entrySet().stream()
                        .filter(field -> !field.getKey().equals(TIME))
                        .map(field -> field.getKey() + " " + field.getValue())
                        .collect(Collectors.joining(", ")));
    }

    static Optional<String> text(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
