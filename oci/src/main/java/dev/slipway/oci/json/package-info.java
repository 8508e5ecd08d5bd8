/**
 * The one room where JSON is read and written: strict reading into maps and lists of the JDK, bounded in depth; and writing, byte
 * for byte as Go does where digests are made of it. No type of a JSON library leaves this package.
 */
@NullMarked
package dev.slipway.oci.json;

import org.jspecify.annotations.NullMarked;
