package dev.slipway.local.source;

import dev.slipway.local.store.folder.TempFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What git hears of HTTP servers, in a file. Where a redirect leads it tells nobody else, if it may not follow. It leaves credentials
 * out by itself.
 */
record GitTrace(Path file) {

    private static final Pattern STATUS = Pattern.compile(".*<= Recv header: HTTP/[0-9.]+ ([0-9]{3}).*");
    private static final Pattern LOCATION =
            Pattern.compile(".*<= Recv header: location: *(\\S+)\\s*", Pattern.CASE_INSENSITIVE);

    static GitTrace in(TempFolder temp) {
        return new GitTrace(temp.newPath());
    }

    Map<String, String> variables() {
        return Map.of("GIT_TRACE_CURL", file.toString(), "GIT_TRACE_CURL_NO_DATA", "1", "GIT_TRACE_REDACT", "1");
    }

    /** Where the last answer leads, if it is a redirect. */
    Optional<String> location() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        boolean isRedirect = false;
        Optional<String> location = Optional.empty();
        // Servers send bytes, which need not be text.
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            for (String line : (Iterable<String>) lines::iterator) {
                Matcher status = STATUS.matcher(line);
                Matcher place = LOCATION.matcher(line);
                if (status.matches()) {
                    isRedirect = status.group(1).startsWith("3");
                    location = Optional.empty();
                } else if (isRedirect && place.matches()) {
                    location = Optional.of(place.group(1));
                }
            }
        }
        return location;
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
