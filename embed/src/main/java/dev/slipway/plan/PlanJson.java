package dev.slipway.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.llb.Platform;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Writes a plan as JSON, with a streaming generator: the quickest way there is. */
final class PlanJson {

    private static final JsonFactory JSON = new JsonFactory();

    private PlanJson() {}

    static String write(Plan plan) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            platforms(json, plan.platforms());
            json.writeArrayFieldStart("steps");
            for (PlanStep step : plan.steps()) {
                step(json, step);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be written", e);
        }
        return text.toString();
    }

    private static void step(JsonGenerator json, PlanStep step) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", step.number());
        json.writeStringField("digest", step.digest().toString());
        json.writeStringField("name", step.name());
        platforms(json, step.platforms());
        json.writeStringField("executor", step.executor());
        if (step.process().isPresent()) {
            json.writeStringField("process", step.process().get().formatAll());
            json.writeBooleanField("native", step.emulator().isEmpty());
        }
        if (step.emulator().isPresent()) {
            json.writeStringField("emulator", step.emulator().get());
        }
        if (step.sandbox().isPresent()) {
            json.writeStringField("sandbox", step.sandbox().get());
        }
        if (step.problem().isPresent()) {
            json.writeStringField("problem", step.problem().get());
        }
        json.writeArrayFieldStart("inputs");
        for (int input : step.inputs()) {
            json.writeNumber(input);
        }
        json.writeEndArray();
        json.writeStringField("fate", step.fate().name().toLowerCase(Locale.ROOT));
        json.writeEndObject();
    }

    private static void platforms(JsonGenerator json, List<Platform> platforms) throws IOException {
        json.writeArrayFieldStart("platforms");
        for (Platform platform : platforms) {
            json.writeString(platform.formatAll());
        }
        json.writeEndArray();
    }
}
