/** What tells archives from other files. */
package dev.slipway.executor.archive;
