/** What a build takes from outside, by digest: the lock file, and what it is compared with. */
@NullMarked
package dev.slipway.lock;

import org.jspecify.annotations.NullMarked;
