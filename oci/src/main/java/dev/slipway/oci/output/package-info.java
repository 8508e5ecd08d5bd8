/**
 * Writes the outputs of builds: one class for each type, behind {@link dev.slipway.oci.output.OutputType}, whichever executor
 * built the images. All outputs of a build are written aside first and published together.
 */
@NullMarked
package dev.slipway.oci.output;

import org.jspecify.annotations.NullMarked;
