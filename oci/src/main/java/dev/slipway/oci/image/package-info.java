/**
 * Puts images together: from a config and a list of layers come the final config, the manifest, and an index over the images of
 * several platforms, all byte for byte as BuildKit would write them; and checks images from anywhere.
 */
@NullMarked
package dev.slipway.oci.image;

import org.jspecify.annotations.NullMarked;
