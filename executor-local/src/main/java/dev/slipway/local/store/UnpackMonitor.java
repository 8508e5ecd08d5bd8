package dev.slipway.local.store;

import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.ByteProgress;
import dev.slipway.executor.event.StepMonitor;

/**
 * Who hears how far the unpacking of a layer is.
 *
 * @param part what it is called
 */
record UnpackMonitor(StepMonitor monitor, String part) {

    /** Nobody. */
    static final UnpackMonitor NONE = new UnpackMonitor(StepMonitor.NONE, "");

    /** Says that it begins. */
    ByteProgress begin(long total) {
        return new ByteProgress(monitor, Activity.UNPACKING, part, total);
    }
}
