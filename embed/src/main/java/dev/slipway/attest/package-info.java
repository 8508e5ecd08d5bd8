/** What a build says about its images beside them: how they were made, and what is inside. Nothing is said unless asked for. */
@NullMarked
package dev.slipway.attest;

import org.jspecify.annotations.NullMarked;
