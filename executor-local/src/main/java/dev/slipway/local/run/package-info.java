/**
 * Records of what builds reported: a folder for each, with its events as lines of JSON and a file for what each step said. There
 * is a bound on how many there are and on how much they take; the oldest go first.
 */
@NullMarked
package dev.slipway.local.run;

import org.jspecify.annotations.NullMarked;
