/**
 * Which executor takes which platform, before anything runs: the one that is native for it, else one that can emulate it, else
 * none, with a message that says what would help.
 */
@NullMarked
package dev.slipway.routing;

import org.jspecify.annotations.NullMarked;
