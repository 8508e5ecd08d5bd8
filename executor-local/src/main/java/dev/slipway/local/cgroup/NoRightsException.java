package dev.slipway.local.cgroup;

import java.io.IOException;

/** This user may not do it here, but could elsewhere. The message says of which file. */
final class NoRightsException extends IOException {

    private static final long serialVersionUID = 1L;

    NoRightsException(String message) {
        super(message);
    }
}
