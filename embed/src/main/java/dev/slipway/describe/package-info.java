/**
 * What a Dockerfile says of itself without being built: its targets, what a target asks for, and what the checks find. Each
 * comes as a record, as the reference's JSON and as text for people.
 */
@NullMarked
package dev.slipway.describe;

import org.jspecify.annotations.NullMarked;
