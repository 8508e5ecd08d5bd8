package dev.slipway;

import dev.slipway.backend.Engines;
import dev.slipway.executor.event.BuildEvent.Completed;
import dev.slipway.executor.text.Reason;
import dev.slipway.llb.Digest;
import java.time.Instant;
import java.util.Optional;

/** One build with all who hear of it, to its last event. */
final class BuildRun {

    private final BuildRequest request;
    private final Engines engines;
    private final Listener listener;
    private final Calls.Call call;

    BuildRun(BuildRequest request, Engines engines, Listener listener, Calls.Call call) {
        this.request = request;
        this.engines = engines;
        this.listener = listener;
        this.call = call;
    }

    BuildResult run() throws InterruptedException {
        try (Build build = Build.open(request, engines, listener)) {
            BuildResult result = build.run(listener);
            Optional<Digest> digest = result.hasDigests() ? Optional.of(result.digest()) : Optional.empty();
            completed(Optional.empty(), digest);
            return result.with(listener.id(), listener.failure());
        } catch (BuildException e) {
            completed(Optional.of(Reason.of(e)), Optional.empty());
            throw listener.withLog(e);
        } catch (InterruptedException | RuntimeException e) {
            completed(Optional.of(reason(e)), Optional.empty());
            throw e;
        }
    }

    private String reason(Exception e) {
        return call.stopped()
                .map(stop -> Reason.of(stop.failure(e)))
                .orElseGet(() -> e.getMessage() == null ? "the build was interrupted" : e.getMessage());
    }

    private void completed(Optional<String> failure, Optional<Digest> digest) {
        listener.accept(new Completed(Instant.now(), failure, digest));
    }
}
