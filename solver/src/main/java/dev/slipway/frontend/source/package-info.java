/**
 * Source nodes, which bring things into a build from outside: images, OCI layouts, folders of the client, files behind URLs and
 * git repositories. Identifiers and attributes are BuildKit's to the byte, because they are part of every digest.
 */
@NullMarked
package dev.slipway.frontend.source;

import org.jspecify.annotations.NullMarked;
