package dev.slipway.oci.engine;

import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The answer of an engine to an image: one JSON object per line, any of which may be an error. */
final class LoadAnswer {

    private static final int LONGEST_LINE = 1 << 20;
    private static final int LONGEST_MESSAGE = 2000;

    private LoadAnswer() {}

    /** The error, if it has one. The answer is read to its end, so that a truncated one is detected. */
    static Optional<String> error(InputStream body) throws IOException {
        InputStream in = new BufferedInputStream(body);
        Optional<String> error = Optional.empty();
        for (Optional<String> line = line(in); line.isPresent(); line = line(in)) {
            if (!line.get().isBlank() && error.isEmpty()) {
                error = message(line.get());
            }
        }
        return error;
    }

    private static Optional<String> message(String line) throws IOException {
        try {
            JsonObject said = Json.object(line.getBytes(StandardCharsets.UTF_8));
            if (!said.has("error") && !said.has("errorDetail")) {
                return Optional.empty();
            }
            Optional<JsonObject> detail = said.object("errorDetail");
            String message = detail.isPresent() ? detail.get().string("message") : "";
            return Optional.of(shortened(message.isEmpty() ? said.string("error") : message));
        } catch (JsonException e) {
            throw new IOException("its answer can't be read: " + e.getMessage(), e);
        }
    }

    /** The text of an answer that is an error: {@code message} of an object, or the text itself. */
    static String refusal(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        try {
            String message = Json.object(body).string("message");
            return shortened(message.isEmpty() ? text : message.strip());
        } catch (JsonException e) {
            // A proxy in between may answer in another form.
            return shortened(text);
        }
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "...";
    }

    private static Optional<String> line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        if (c < 0) {
            return Optional.empty();
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.size() == LONGEST_LINE) {
                throw new IOException("a line of its answer is longer than " + LONGEST_LINE + " bytes");
            }
            line.write(c);
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8));
    }
}
