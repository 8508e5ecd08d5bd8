/**
 * What the system can do with files that Java cannot: devices, extended attributes, exact times, names that are no text; and
 * signals. Native code is loaded when one of them is done for the first time, so that most programs never load it, and those that
 * do no such thing run without JNA.
 */
@NullMarked
package dev.slipway.oci.posix;

import org.jspecify.annotations.NullMarked;
