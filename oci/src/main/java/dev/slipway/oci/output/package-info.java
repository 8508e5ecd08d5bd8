/**
 * Writes what comes of builds: one file for each type of output behind {@link dev.slipway.oci.output.OutputType}, over images
 * whoever built them. All outputs of a build are written aside first and published together.
 */
@NullMarked
package dev.slipway.oci.output;

import org.jspecify.annotations.NullMarked;
