/**
 * Docker Engines and Podman: finding the one to use, and loading images into it. They are asked in HTTP/1.1 over a Unix socket,
 * TCP, TLS or ssh, because Java's own client does not support Unix sockets.
 */
@NullMarked
package dev.slipway.oci.engine;

import org.jspecify.annotations.NullMarked;
