/**
 * What a build takes from outside: a policy, a lock, a bundle and the network say what it may be. Everything is looked up through here,
 * so that all that is wrong with it is found before the first step, and said at once.
 */
@NullMarked
package dev.slipway.sources;

import org.jspecify.annotations.NullMarked;
