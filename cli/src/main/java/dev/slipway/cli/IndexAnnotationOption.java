package dev.slipway.cli;

import dev.slipway.llb.Platform;
import dev.slipway.oci.merge.IndexAnnotation;
import dev.slipway.oci.merge.IndexAnnotation.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value of {@code --annotation} of a merge: {@code LEVEL[PLATFORM],LEVEL:KEY=VALUE}, as buildx reads it. */
final class IndexAnnotationOption {

    private static final Pattern LEVEL = Pattern.compile("([a-z-]+)(?:\\[([A-Za-z0-9_/-]+)])?");

    private IndexAnnotationOption() {}

    static List<IndexAnnotation> parse(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw wrong(text, "expected KEY=VALUE");
        }
        String key = text.substring(0, equals);
        int colon = key.indexOf(':');
        if (colon < 0) {
            throw wrong(text, "say what is annotated: index:" + text + " or manifest-descriptor:" + text);
        }
        List<IndexAnnotation> annotations = new ArrayList<>();
        for (String level : key.substring(0, colon).split(",")) {
            annotations.add(annotation(text, level, key.substring(colon + 1), text.substring(equals + 1)));
        }
        return annotations;
    }

    private static IndexAnnotation annotation(String text, String place, String key, String value) {
        Matcher parts = LEVEL.matcher(place);
        if (!parts.matches()) {
            throw wrong(text, "'" + place + "' is no level; write index or manifest-descriptor[PLATFORM]");
        }
        Level level = switch (parts.group(1)) {
            case "index" -> Level.INDEX;
            case "manifest-descriptor" -> Level.MANIFEST_DESCRIPTOR;
            case "manifest" -> throw wrong(text, "a merge changes no manifests; annotate the build");
            case "index-descriptor" -> throw wrong(text, "nothing lists the index; write index");
            default -> throw wrong(text, "there is no level " + place + "; write index or manifest-descriptor");
        };
        Optional<Platform> platform = Optional.ofNullable(parts.group(2))
                .map(name -> UsageException.checked("--annotation " + text, () -> Platform.parse(name)));
        return new IndexAnnotation(level, platform, key, value);
    }

    private static UsageException wrong(String text, String what) {
        return new UsageException("--annotation " + text + ": " + what);
    }
}
