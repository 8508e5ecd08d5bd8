/** Build caches as BuildKit stores them: its document of records, and the manifests and images that carry it. */
@NullMarked
package dev.slipway.oci.cache;

import org.jspecify.annotations.NullMarked;
