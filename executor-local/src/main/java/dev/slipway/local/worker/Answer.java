package dev.slipway.local.worker;

import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.LogStream;
import dev.slipway.executor.event.StepMonitor;
import java.util.List;

/** What the worker says. */
sealed interface Answer {

    /** It can run steps. */
    record Ready() implements Answer {}

    /** What a step reports while it runs; the other end passes it on. */
    sealed interface Report {

        void to(StepMonitor monitor);
    }

    /** Something that a process has printed. */
    record Log(LogStream stream, byte[] bytes) implements Answer, Report {

        @Override
        public void to(StepMonitor monitor) {
            monitor.log(stream, bytes);
        }
    }

    /** Something that the user should know. */
    record Warning(String text) implements Answer, Report {

        @Override
        public void to(StepMonitor monitor) {
            monitor.warn(text);
        }
    }

    /** How far a part of the step is, such as the unpacking of a layer. */
    record Progress(Activity activity, String part, long current, long total) implements Answer, Report {

        @Override
        public void to(StepMonitor monitor) {
            monitor.progress(activity, part, current, total);
        }
    }

    /** A step is done; these are the names of its outputs. */
    record Done(List<String> results) implements Answer {}

    /** The process of a step has failed. */
    record ProcessFailed(String message, int exitCode) implements Answer {}

    /** Something else has failed. */
    record Failed(String message) implements Answer {}
}
