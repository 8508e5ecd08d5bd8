/**
 * Text by fixed rules: text from outside made safe for messages and terminals, and free of credentials; the order of bytes; paths with
 * slashes.
 */
@NullMarked
package dev.slipway.executor.text;

import org.jspecify.annotations.NullMarked;
