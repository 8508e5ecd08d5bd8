package dev.slipway.oci.place;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.LayoutAddress;
import dev.slipway.llb.Digest;
import dev.slipway.oci.place.ImagePlace.LayoutForm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads places. */
final class ImagePlaceParser {

    private static final String SCHEME_END = "://";
    private static final String SCHEMES =
            "docker-image://, oci-layout://, oci-archive://, docker-archive:// and docker-engine://";

    /** Prefixes of paths, which no image name begins with. */
    private static final Pattern PATH = Pattern.compile("(?:\\.{0,2}[/\\\\]|[A-Za-z]:[/\\\\]).*|\\.{1,2}");

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[/\\\\].*");

    private ImagePlaceParser() {}

    static ImagePlace parse(String text) {
        if (PATH.matcher(text).matches()) {
            return path(text);
        }
        int scheme = text.indexOf(SCHEME_END);
        if (scheme < 0) {
            return registry(text);
        }
        String rest = text.substring(scheme + SCHEME_END.length());
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("nothing follows " + text);
        }
        return switch (text.substring(0, scheme)) {
            case "docker-image" -> registry(rest);
            case "oci-layout" -> layout(rest, LayoutForm.FOLDER);
            case "oci-archive" -> layout(rest, LayoutForm.ARCHIVE);
            case "docker-archive" -> dockerArchive(rest);
            case "docker-engine" -> new ImagePlace.OfEngine(ImageReference.parse(rest));
            default ->
                throw new IllegalArgumentException("images are not read or written at "
                        + text.substring(0, scheme + SCHEME_END.length()) + "; there are " + SCHEMES);
        };
    }

    private static ImagePlace registry(String text) {
        return new ImagePlace.OfRegistry(ImageReference.parse(text));
    }

    /** A path without a scheme. The file decides its kind, or the name if the file does not exist. */
    private static ImagePlace path(String text) {
        Path file = Path.of(text);
        if (DockerArchive.isOne(file)) {
            return new ImagePlace.OfDockerArchive(file, Optional.empty());
        }
        ImagePlace.OfLayout folder = layout(text, LayoutForm.FOLDER);
        boolean archive = Files.isRegularFile(folder.path())
                || !Files.exists(folder.path()) && folder.path().toString().endsWith(".tar");
        return archive ? layout(text, LayoutForm.ARCHIVE) : folder;
    }

    private static ImagePlace.OfLayout layout(String text, LayoutForm form) {
        if (Files.isRegularFile(Path.of(text))) {
            return new ImagePlace.OfLayout(Path.of(text), Optional.empty(), Optional.empty(), form);
        }
        LayoutAddress address = LayoutAddress.parse(text);
        String suffix = address.suffix();
        int at = suffix.indexOf('@');
        String tag = at < 0 ? suffix : suffix.substring(0, at);
        Optional<Digest> digest = at < 0 ? Optional.empty() : Optional.of(Digest.parse(suffix.substring(at + 1)));
        return new ImagePlace.OfLayout(
                address.directory(), tag.isEmpty() ? Optional.empty() : Optional.of(tag.substring(1)), digest, form);
    }

    /** As with skopeo, the name follows the first colon; names have colons of their own. */
    private static ImagePlace dockerArchive(String text) {
        int from = DRIVE.matcher(text).matches() ? 2 : 0;
        int colon = text.indexOf(':', from);
        if (colon < 0 || Files.isRegularFile(Path.of(text))) {
            return new ImagePlace.OfDockerArchive(Path.of(text), Optional.empty());
        }
        return new ImagePlace.OfDockerArchive(
                Path.of(text.substring(0, colon)), Optional.of(ImageReference.parse(text.substring(colon + 1))));
    }
}
