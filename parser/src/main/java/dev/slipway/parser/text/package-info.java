/**
 * Text as Dockerfiles hold it: bytes that need not be valid UTF-8, places in them, and what Go takes for blanks, letter case and
 * quotes, which is what the reference's rules rest on.
 */
@NullMarked
package dev.slipway.parser.text;

import org.jspecify.annotations.NullMarked;
