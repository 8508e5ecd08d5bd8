package dev.slipway.local.worker;

import java.nio.file.Path;

/**
 * Where the two processes meet.
 *
 * @param folder of this user alone; its path is short, as that of a socket has to be
 */
record Sockets(Path folder) {

    /** Where the worker says that it is there. */
    Path parent() {
        return folder.resolve("parent");
    }

    /** Where the worker takes steps. */
    Path steps() {
        return folder.resolve("steps");
    }
}
