/**
 * The grammar of one logical line, and what its rules can't say.
 *
 * <p>The generated classes have to be public, but nothing outside the parser sees them.
 */
@NullMarked
package dev.slipway.parser.grammar;

import org.jspecify.annotations.NullMarked;
