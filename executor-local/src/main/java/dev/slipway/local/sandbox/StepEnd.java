package dev.slipway.local.sandbox;

import dev.slipway.local.launch.LaunchedProcess;

/** How it is told that a step has ended, and how what it leaves running is ended. */
public interface StepEnd extends AutoCloseable {

    /** For a process in a pid namespace of its own. */
    StepEnd OF_NAMESPACE = new StepEnd() {
        @Override
        public int await(LaunchedProcess process) throws InterruptedException {
            return process.waitFor();
        }

        @Override
        public void kill(LaunchedProcess process) {
            process.kill();
        }

        @Override
        public void close() {}
    };

    /** Waits for the end, and says the exit code: 128 plus the number of the signal, if one ended it. */
    int await(LaunchedProcess process) throws InterruptedException;

    /** Kills all that is left; when this returns, nothing runs any more. */
    void kill(LaunchedProcess process);

    @Override
    void close();
}
