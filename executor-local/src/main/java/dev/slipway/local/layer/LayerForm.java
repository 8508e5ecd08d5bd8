package dev.slipway.local.layer;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In which form a layer is written as an archive. What it holds does not depend on that, but a layer of another form is another
 * layer.
 *
 * @param windows whether it is one that Windows can use
 * @param origin of a layer that came in an image for Windows, the id under which the store has it as it came: its blob is the
 *     blob of this layer
 */
public record LayerForm(boolean windows, Optional<String> origin) {

    /** As on Linux: the names of the archive are those of the files. */
    public static final LayerForm PLAIN = new LayerForm(false, Optional.empty());

    /** As on Windows, made here. */
    public static final LayerForm WINDOWS = new LayerForm(true, Optional.empty());

    private static final String PLAIN_HEADER = "slipway layer 1";
    private static final Pattern WINDOWS_HEADER = Pattern.compile("slipway Windows layer 1(?: of ([0-9a-f]{64}))?");

    public LayerForm {
        requireNonNull(origin, "origin is null");
        if (origin.isPresent() && !windows) {
            throw new IllegalArgumentException("only layers for Windows are looked into under another id");
        }
    }

    /** The form of a layer that came in an image for Windows. */
    public static LayerForm ofWindowsImage(String origin) {
        return new LayerForm(true, Optional.of(origin));
    }

    /** How the index of such a layer begins. */
    String header() {
        return windows
                ? "slipway Windows layer 1" + origin.map(id -> " of " + id).orElse("")
                : PLAIN_HEADER;
    }

    /** The form of a layer whose index begins like that; empty if none does. */
    static Optional<LayerForm> ofHeader(String header) {
        if (header.equals(PLAIN_HEADER)) {
            return Optional.of(PLAIN);
        }
        Matcher matcher = WINDOWS_HEADER.matcher(header);
        return matcher.matches()
                ? Optional.of(new LayerForm(true, Optional.ofNullable(matcher.group(1))))
                : Optional.empty();
    }
}
