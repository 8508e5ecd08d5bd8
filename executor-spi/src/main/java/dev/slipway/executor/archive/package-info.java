/** Recognizes archives. */
package dev.slipway.executor.archive;
