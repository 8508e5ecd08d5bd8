package dev.slipway.oci.layout;

import java.nio.charset.StandardCharsets;

/** The file that marks a folder as a layout. */
final class LayoutMarker {

    static final String NAME = "oci-layout";

    private LayoutMarker() {}

    static byte[] content() {
        return "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);
    }
}
