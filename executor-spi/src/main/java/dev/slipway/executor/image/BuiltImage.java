package dev.slipway.executor.image;

import java.util.List;

/**
 * The image of one platform, whichever executor built it. Nothing is read, compressed or fetched until it is needed. A second call
 * may cost as much as the first.
 *
 * <p>Several threads may use it, as long as its executor is open. If a later build or a collection has removed something meanwhile, an
 * {@code ExecutorException} says so.
 */
public interface BuiltImage {

    /** What the image contains besides its files. */
    ImageSpec spec();

    /** Its layers, lowest first, those of the base image included. Equal layers are equal by {@code equals}. */
    List<? extends BuiltLayer> layers() throws InterruptedException;

    /** Opens its files, as a container would see them. */
    ImageFiles files() throws InterruptedException;
}
