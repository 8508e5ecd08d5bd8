package dev.slipway.local.worker;

import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.LogStream;
import dev.slipway.executor.event.StepMonitor;
import java.util.function.Consumer;

/** Sends what a step reports to the other end. Where the process runs is known there already. */
record ReportSender(Consumer<Answer> answers) implements StepMonitor {

    @Override
    public void log(LogStream stream, byte[] bytes) {
        answers.accept(new Answer.Log(stream, bytes));
    }

    @Override
    public void warn(String message) {
        answers.accept(new Answer.Warning(message));
    }

    @Override
    public void progress(Activity activity, String part, long current, long total) {
        answers.accept(new Answer.Progress(activity, part, current, total));
    }
}
