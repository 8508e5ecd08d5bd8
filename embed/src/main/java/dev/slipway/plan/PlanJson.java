package dev.slipway.plan;

import dev.slipway.llb.Platform;
import dev.slipway.oci.json.JsonWriter;
import java.util.List;
import java.util.Locale;

/** Writes a plan as JSON. */
final class PlanJson {

    private PlanJson() {}

    static String write(Plan plan) {
        JsonWriter json = JsonWriter.readable().startObject();
        platforms(json, plan.platforms());
        json.startArray("steps");
        plan.steps().forEach(step -> step(json, step));
        return json.endArray().endObject().toString();
    }

    private static void step(JsonWriter json, PlanStep step) {
        json.startObject();
        json.member("number", step.number());
        json.member("digest", step.digest().toString());
        json.member("name", step.name());
        platforms(json, step.platforms());
        json.member("executor", step.executor());
        if (step.process().isPresent()) {
            json.member("process", step.process().get().formatAll());
            json.member("native", step.emulator().isEmpty());
        }
        if (step.emulator().isPresent()) {
            json.member("emulator", step.emulator().get());
        }
        if (step.sandbox().isPresent()) {
            json.member("sandbox", step.sandbox().get());
        }
        if (step.problem().isPresent()) {
            json.member("problem", step.problem().get());
        }
        json.member("inputs", step.inputs());
        json.member("fate", step.fate().name().toLowerCase(Locale.ROOT));
        json.endObject();
    }

    private static void platforms(JsonWriter json, List<Platform> platforms) {
        json.member("platforms", platforms.stream().map(Platform::formatAll).toList());
    }
}
