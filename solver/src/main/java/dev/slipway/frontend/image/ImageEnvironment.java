package dev.slipway.frontend.image;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The environment in an image config: unlike in that of a process, a variable that is set again keeps its place. */
final class ImageEnvironment {

    private List<String> assignments;
    private @Nullable Map<String, Integer> places;

    ImageEnvironment(List<String> assignments) {
        this.assignments = assignments;
    }

    /** A copy that can be changed independently. */
    ImageEnvironment copy() {
        places = null;
        return new ImageEnvironment(assignments);
    }

    List<String> assignments() {
        return Collections.unmodifiableList(assignments);
    }

    boolean contains(String name) {
        return assignments.stream().anyMatch(assignment -> nameOf(assignment).equals(name));
    }

    void put(String name, String value) {
        if (places == null) {
            // The list may be shared, so it is copied before the first change.
            assignments = new ArrayList<>(assignments);
            places = new HashMap<>();
            for (int i = 0; i < assignments.size(); i++) {
                places.putIfAbsent(nameOf(assignments.get(i)), i);
            }
        }
        String assignment = name + "=" + value;
        Integer place = places.putIfAbsent(name, assignments.size());
        if (place == null) {
            assignments.add(assignment);
        } else {
            assignments.set(place, assignment);
        }
    }

    /** Shows all variables; one without {@code =} has an empty value. */
    void forEach(BiConsumer<String, String> reader) {
        for (String assignment : assignments) {
            reader.accept(nameOf(assignment), valueOf(assignment));
        }
    }

    private static String nameOf(String assignment) {
        int equals = assignment.indexOf('=');
        return equals < 0 ? assignment : assignment.substring(0, equals);
    }

    private static String valueOf(String assignment) {
        int equals = assignment.indexOf('=');
        return equals < 0 ? "" : assignment.substring(equals + 1);
    }
}
