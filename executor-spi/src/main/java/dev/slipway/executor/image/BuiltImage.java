package dev.slipway.executor.image;

import java.util.List;

/**
 * The image of one platform, whoever built it. Nothing is read, compressed or fetched before it is asked for, and what was asked
 * for once need not be cheap the second time.
 *
 * <p>It may be used by several threads, as long as the executor that gave it is open. What a later build or a collection has taken
 * away meanwhile is missed with an {@code ExecutorException} that says so.
 */
public interface BuiltImage {

    /** What it was to be besides its files. */
    ImageSpec spec();

    /** Its layers, lowest first, those of the base image included. Equal layers are equal by {@code equals}. */
    List<? extends BuiltLayer> layers() throws InterruptedException;

    /** Opens its files: what a container of it would see. */
    ImageFiles files() throws InterruptedException;
}
