package dev.slipway.cli;

import dev.slipway.executor.Output;
import dev.slipway.llb.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Reads {@code --annotation}: {@code KEY=VALUE}, or {@code LEVEL[PLATFORM],LEVEL:KEY=VALUE}, as buildx does. */
final class AnnotationOption {

    private static final Set<String> OF_MANIFEST = Set.of("manifest", "manifest-descriptor");
    private static final Set<String> OF_INDEX = Set.of("index", "index-descriptor");
    private static final Pattern LEVEL = Pattern.compile("([a-z-]+)(?:\\[([A-Za-z0-9_/-]+)])?");

    @Option(
            names = "--annotation",
            paramLabel = "[LEVEL:]NAME=VALUE",
            description = "Annotate the manifest of each image, or what LEVEL says: manifest, index,"
                    + " manifest-descriptor or index-descriptor, several with commas between them;"
                    + " manifest[PLATFORM] for one platform.")
    private List<String> annotations = List.of();

    /** The same outputs, those that are images with these annotations. */
    List<Output> on(List<Output> outputs) {
        List<Output> annotated = new ArrayList<>(outputs);
        attributes()
                .forEach((name, value) -> annotated.replaceAll(
                        output -> OutputOption.isImage(output) ? output.with(name, value) : output));
        return annotated;
    }

    boolean isEmpty() {
        return annotations.stream().allMatch(String::isEmpty);
    }

    private Map<String, String> attributes() {
        Map<String, String> attributes = new TreeMap<>();
        for (String text : annotations) {
            if (!text.isEmpty()) {
                read(text, attributes);
            }
        }
        return attributes;
    }

    private static void read(String text, Map<String, String> attributes) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw wrong("invalid annotation \"" + text + "\", expected key=value");
        }
        String name = text.substring(0, equals);
        int colon = name.indexOf(':');
        String key = name.substring(colon + 1);
        if (key.isEmpty() || key.chars().anyMatch(Character::isWhitespace)) {
            throw wrong("invalid annotation \"" + text + "\", expected a key without spaces");
        }
        for (String level : colon < 0
                ? List.of("manifest")
                : List.of(name.substring(0, colon).split(",", -1))) {
            attributes.put("annotation-" + level(level) + "." + key, text.substring(equals + 1));
        }
    }

    private static String level(String text) {
        Matcher parts = LEVEL.matcher(text);
        if (!parts.matches()) {
            throw wrong(
                    "invalid annotation type \"" + text + "\", expected type and optional platform in square brackets");
        }
        String level = parts.group(1);
        String platform = parts.group(2);
        if (platform != null) {
            requirePlatform(platform);
        }
        if (OF_INDEX.contains(level)) {
            // There is one index for all of them.
            return level;
        }
        if (!OF_MANIFEST.contains(level)) {
            throw wrong("unknown annotation type \"" + level
                    + "\"; write manifest, manifest-descriptor, index or index-descriptor");
        }
        return text;
    }

    private static void requirePlatform(String text) {
        try {
            Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong("invalid platform \"" + text + "\": " + e.getMessage());
        }
    }

    private static UsageException wrong(String what) {
        return new UsageException("--annotation: " + what);
    }
}
