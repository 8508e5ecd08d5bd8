/**
 * The config of an image: every field that Docker knows by name, and the rest untouched. The JSON is the reference's byte for byte.
 */
package dev.slipway.oci.config;
