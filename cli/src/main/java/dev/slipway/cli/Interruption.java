package dev.slipway.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A signal that ends the command interrupts its thread first, which can then say what it was at. */
final class Interruption extends Thread {

    /**
     * A build that is interrupted ends within two seconds, even if it is where nothing interrupts it. Tests are more patient: a
     * build has to end by itself, however slow the machine is.
     */
    private static final long PATIENCE_MILLIS = Long.getLong("slipway.interruption.patience", 1500);

    private final Thread interrupted;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Interruption(Thread interrupted) {
        this.interrupted = interrupted;
    }

    static Interruption of(Thread interrupted) {
        Interruption interruption = new Interruption(interrupted);
        Runtime.getRuntime().addShutdownHook(interruption);
        return interruption;
    }

    @Override
    public void run() {
        interrupted.interrupt();
        try {
            ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command has ended by itself, or has said what it had to. */
    void end() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(this);
        } catch (IllegalStateException e) {
            // The hook runs already.
        }
    }
}
