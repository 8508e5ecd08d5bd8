package dev.slipway.local.run;

import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.BuildEvent.Advanced;
import dev.slipway.executor.event.BuildEvent.Completed;
import dev.slipway.executor.event.BuildEvent.Finished;
import dev.slipway.executor.event.BuildEvent.Log;
import dev.slipway.executor.event.BuildEvent.Placed;
import dev.slipway.executor.event.BuildEvent.Started;
import dev.slipway.executor.event.BuildEvent.Warned;
import dev.slipway.executor.event.Step;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Events as JSON: what each says of itself, and when a step begins, all that is known of it. */
final class EventJson {

    private EventJson() {}

    static Map<String, Object> of(BuildEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("time", event.time().toString());
        if (event instanceof BuildEvent.OfStep ofStep) {
            json.put("step", ofStep.step().digest().toString());
        }
        if (event instanceof Started started) {
            json.put("event", "started");
            describe(started.step(), json);
        } else if (event instanceof Placed placed) {
            json.put("event", "placed");
            json.put("sandbox", placed.sandbox());
            placed.emulator().ifPresent(emulator -> json.put("emulator", emulator));
        } else if (event instanceof Warned warned) {
            json.put("event", "warned");
            json.put("message", warned.message());
        } else if (event instanceof Finished finished) {
            json.put("event", "finished");
            json.put("outcome", finished.outcome().name().toLowerCase(Locale.ROOT));
            finished.reason().ifPresent(reason -> json.put("reason", reason));
        } else if (event instanceof Completed completed) {
            json.put("event", "completed");
            completed.failure().ifPresent(failure -> json.put("failure", failure));
            completed.digest().ifPresent(digest -> json.put("digest", digest.toString()));
        } else if (event instanceof Log || event instanceof Advanced) {
            throw new IllegalArgumentException("what a step says has a file of its own, and figures are not kept");
        } else {
            throw new IllegalArgumentException("unknown event " + event);
        }
        return json;
    }

    private static void describe(Step step, Map<String, Object> json) {
        json.put("name", step.name());
        json.put("platforms", step.platforms().stream().map(Platform::formatAll).toList());
        step.stage().ifPresent(stage -> json.put("stage", stage));
        if (step.total() > 0) {
            json.put("number", step.number());
            json.put("total", step.total());
        }
        json.put("executor", step.executor());
        List<Object> lines = new ArrayList<>();
        for (SourceLocation location : step.locations()) {
            location.ranges().forEach(range -> lines.add(List.of(range.startLine(), range.endLine())));
        }
        json.put("lines", lines);
    }
}
