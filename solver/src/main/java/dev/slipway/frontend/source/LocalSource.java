package dev.slipway.frontend.source;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.text.Utf8Order;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.graph.SourceNode;
import dev.slipway.llb.SourceOp;
import dev.slipway.oci.json.JsonWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A folder of the client.
 *
 * @param name of the folder in the session
 * @param session id of the session; empty if the build has only one
 * @param sharedKeyHint distinguishes folders of several clients that have the same name
 * @param excludePatterns the patterns of {@code .dockerignore}
 */
public record LocalSource(String name, String session, String sharedKeyHint, List<String> excludePatterns) {

    private static final String ROOT = "/";

    public LocalSource {
        requireNonNull(name, "name is null");
        requireNonNull(session, "session is null");
        requireNonNull(sharedKeyHint, "sharedKeyHint is null");
        excludePatterns = List.copyOf(excludePatterns);
    }

    /**
     * The folder, or the parts of it that are needed.
     *
     * @param wantedPaths absolute paths; the whole folder if the root is among them or there are none
     * @param metadata to which the capabilities are added
     */
    public Root output(Collection<String> wantedPaths, Metadata metadata) {
        Map<String, String> attributes = new TreeMap<>();
        if (!session.isEmpty()) {
            attributes.put("local.session", session);
            metadata.capability("source.local.sessionid");
        }
        if (!wantedPaths.isEmpty() && !wantedPaths.contains(ROOT)) {
            attributes.put(
                    "local.followpaths",
                    JsonWriter.go().value(relative(wantedPaths)).toString());
            metadata.capability("source.local.followpaths");
        }
        if (!excludePatterns.isEmpty()) {
            attributes.put(
                    "local.excludepatterns",
                    JsonWriter.go().value(excludePatterns).toString());
            metadata.capability("source.local.excludepatterns");
        }
        if (!sharedKeyHint.isEmpty()) {
            attributes.put("local.sharedkeyhint", sharedKeyHint);
            metadata.capability("source.local.sharedkeyhint");
        }
        metadata.capability("source.local");
        SourceOp op = SourceOp.of("local://" + name, attributes);
        return Root.of(new SourceNode(op, Optional.empty(), metadata.build()));
    }

    private static Collection<String> relative(Collection<String> paths) {
        TreeSet<String> relative = new TreeSet<>(Utf8Order.INSTANCE);
        paths.forEach(path -> relative.add(path.substring(1)));
        return relative;
    }
}
