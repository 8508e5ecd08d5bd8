/** What a build takes from outside, by digest: the lock file, and what it is compared with. */
package dev.slipway.lock;
