/**
 * Docker Engines and Podman: which one is meant, and loading images into it. They are asked in HTTP/1.1 over a Unix socket, TCP,
 * TLS or ssh, for Java's own client knows no Unix sockets.
 */
@NullMarked
package dev.slipway.oci.engine;

import org.jspecify.annotations.NullMarked;
