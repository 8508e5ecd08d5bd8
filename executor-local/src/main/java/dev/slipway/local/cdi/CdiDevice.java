package dev.slipway.local.cdi;

import java.nio.file.Path;
import java.util.Map;

/**
 * A device that a file describes.
 *
 * @param kind {@code VENDOR/CLASS}
 * @param name its name among those of its kind
 * @param file the description
 * @param annotations what the description says of it beyond what it does, that of the whole file included
 * @param common what each device of the file brings, once
 * @param own what this device brings
 */
record CdiDevice(String kind, String name, Path file, Map<String, String> annotations, Edits common, Edits own) {

    private static final String CLASS = "org.mobyproject.buildkit.device.class";
    private static final String ALLOWED = "org.mobyproject.buildkit.device.autoallow";

    CdiDevice {
        annotations = Map.copyOf(annotations);
    }

    /** {@code VENDOR/CLASS=NAME}. */
    String qualifiedName() {
        return kind + "=" + name;
    }

    /** Whether it is also meant by the name of this class of devices. */
    boolean isOfClass(String wanted) {
        return wanted.equals(annotations.get(CLASS));
    }

    /** Whether its description says that every build may have it. */
    boolean isForEveryBuild() {
        return Map.of("1", true, "t", true, "T", true, "true", true, "TRUE", true, "True", true)
                .getOrDefault(annotations.getOrDefault(ALLOWED, ""), false);
    }
}
