package dev.slipway;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Stops a call that takes longer than its request allows. */
final class TimeLimit {

    private TimeLimit() {}

    /** The same work, within the time that the request has for it. */
    static <T> Calls.Work<T> of(BuildRequest request, Calls.Work<T> work) {
        return request.timeout().map(limit -> within(limit, work)).orElse(work);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for what is done at the end.
    private static <T> Calls.Work<T> within(Duration limit, Calls.Work<T> work) {
        return call -> {
            CompletableFuture<Void> end = new CompletableFuture<>();
            // A result that came out in the same moment is taken: its outputs are there.
            Stop stop = new Stop(atWork -> message(limit, atWork), true);
            end.orTimeout(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS)
                    .whenComplete((none, timeout) -> {
                        if (timeout != null) {
                            call.stop(stop);
                        }
                    });
            try {
                return work.run(call);
            } finally {
                end.complete(null);
            }
        };
    }

    private static String message(Duration limit, Optional<String> atWork) {
        String time = limit.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
        return "the build took longer than its timeout of " + time
                + atWork.map(work -> ": " + work).orElse("");
    }
}
