/**
 * Text by fixed rules: what comes from outside, made fit for messages, without credentials and without power over a terminal; the
 * order of bytes; paths with slashes.
 */
package dev.slipway.executor.text;
