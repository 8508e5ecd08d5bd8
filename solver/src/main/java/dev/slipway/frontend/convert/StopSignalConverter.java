package dev.slipway.frontend.convert;

import dev.slipway.frontend.stage.StepContext;
import dev.slipway.frontend.value.Signals;
import dev.slipway.parser.tree.StopSignal;

/** {@code STOPSIGNAL}: the signal that ends a container, stored as written. */
final class StopSignalConverter {

    private StopSignalConverter() {}

    static void convert(StepContext step, StopSignal stopSignal) {
        String signal = step.expand(stopSignal.signal());
        Signals.check(signal);
        step.image().stopSignal(signal);
        step.commit("STOPSIGNAL " + signal, false);
    }
}
