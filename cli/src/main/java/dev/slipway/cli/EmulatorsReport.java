package dev.slipway.cli;

import dev.slipway.executor.text.TerminalText;
import dev.slipway.local.emulation.EmulatorStatus;
import dev.slipway.oci.json.JsonWriter;
import java.util.List;
import java.util.Locale;

/** How platforms run, as a table or as JSON. */
final class EmulatorsReport {

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
        JsonWriter json = JsonWriter.readable().startArray();
        for (EmulatorStatus status : statuses) {
            json.startObject();
            json.member("platform", status.platform().format());
            json.member("way", status.way().name().toLowerCase(Locale.ROOT));
            status.emulator().ifPresent(emulator -> json.member("emulator", emulator));
            status.file().ifPresent(file -> json.member("file", file.toString()));
            status.problem().ifPresent(problem -> json.member("problem", problem));
            json.endObject();
        }
        return json.endArray().toString();
    }
}
