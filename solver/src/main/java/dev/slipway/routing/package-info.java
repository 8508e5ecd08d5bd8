/**
 * Decides before anything runs which executor builds which platform: the native one, else one that can emulate it, else none,
 * with a message that says what would help.
 */
@NullMarked
package dev.slipway.routing;

import org.jspecify.annotations.NullMarked;
