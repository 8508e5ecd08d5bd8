package dev.slipway.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.executor.text.TerminalText;
import dev.slipway.local.emulation.EmulatorStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** How platforms run, as a table or as JSON. */
final class EmulatorsReport {

    private static final JsonFactory JSON = new JsonFactory();

    private EmulatorsReport() {}

    static void print(FormatOption format, List<EmulatorStatus> statuses) {
        format.print(text(statuses), json(statuses));
    }

    private static String text(List<EmulatorStatus> statuses) {
        int width = statuses.stream()
                .mapToInt(status -> status.platform().format().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (EmulatorStatus status : statuses) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-" + width + "s  %s%n",
                    status.platform().format(),
                    TerminalText.line(describe(status))));
        }
        return text.toString();
    }

    private static String describe(EmulatorStatus status) {
        String emulator = status.emulator().orElse("");
        return switch (status.way()) {
            case NATIVE -> "native";
            case REGISTERED -> "emulated by " + emulator + ", registered for this machine";
            case PRIVATE ->
                "emulated by " + emulator + ", registered by each step: "
                        + status.file().map(Object::toString).orElse("");
            case MISSING -> "cannot run: " + status.problem().orElse("");
        };
    }

    private static String json(List<EmulatorStatus> statuses) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
            for (EmulatorStatus status : statuses) {
                json.writeStartObject();
                json.writeStringField("platform", status.platform().format());
                json.writeStringField("way", status.way().name().toLowerCase(Locale.ROOT));
                if (status.emulator().isPresent()) {
                    json.writeStringField("emulator", status.emulator().get());
                }
                if (status.file().isPresent()) {
                    json.writeStringField("file", status.file().get().toString());
                }
                if (status.problem().isPresent()) {
                    json.writeStringField("problem", status.problem().get());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be written", e);
        }
        return text.toString();
    }
}
