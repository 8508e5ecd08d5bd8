/**
 * The executor that runs builds on this machine, without a daemon: what it can do here, and the work of one build. Everything is
 * kept in a store that many processes share.
 */
@NullMarked
package dev.slipway.local;

import org.jspecify.annotations.NullMarked;
