/**
 * The grammar of one logical line, and what its rules can't say.
 *
 * <p>The generated classes are public whether we like it or not; nobody outside the parser sees them.
 */
@NullMarked
package dev.slipway.parser.grammar;

import org.jspecify.annotations.NullMarked;
