/**
 * The config of an image: every field that Docker knows by name, and the rest untouched. The JSON is the reference's byte for byte.
 */
@NullMarked
package dev.slipway.oci.config;

import org.jspecify.annotations.NullMarked;
