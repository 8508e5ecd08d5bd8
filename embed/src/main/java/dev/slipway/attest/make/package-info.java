/** Makes what a build says about its images: reads what scanners found, and writes down how images were made. */
@NullMarked
package dev.slipway.attest.make;

import org.jspecify.annotations.NullMarked;
