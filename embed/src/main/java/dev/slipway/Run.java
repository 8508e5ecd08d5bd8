package dev.slipway;

import dev.slipway.executor.event.BuildEvent.Completed;
import dev.slipway.llb.Digest;
import java.time.Instant;
import java.util.Optional;

/** One build with all who hear of it, to its last event. */
final class Run {

    private final BuildRequest request;
    private final Engines engines;
    private final Listener listener;

    Run(BuildRequest request, Engines engines, Listener listener) {
        this.request = request;
        this.engines = engines;
        this.listener = listener;
    }

    BuildResult run() throws InterruptedException {
        try (Build build = Build.open(request, engines, listener)) {
            BuildResult result = build.run(listener);
            Optional<Digest> digest = result.hasDigests() ? Optional.of(result.digest()) : Optional.empty();
            completed(Optional.empty(), digest);
            return result.with(listener.failure());
        } catch (BuildException e) {
            completed(Optional.of(e.getMessage()), Optional.empty());
            throw listener.withLog(e);
        } catch (InterruptedException | RuntimeException e) {
            String reason = e instanceof InterruptedException ? "it was interrupted" : String.valueOf(e.getMessage());
            completed(Optional.of(reason), Optional.empty());
            throw e;
        }
    }

    private void completed(Optional<String> failure, Optional<Digest> digest) {
        listener.accept(new Completed(Instant.now(), failure, digest));
    }
}
