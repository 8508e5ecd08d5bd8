/**
 * The only package that reads and writes JSON: strict reading into maps and lists of the JDK, bounded in depth; and writing,
 * byte for byte as Go does where the text is digested. No type of a JSON library leaves this package.
 */
@NullMarked
package dev.slipway.oci.json;

import org.jspecify.annotations.NullMarked;
