/**
 * Text by fixed rules: text from outside made safe for messages and terminals, and free of credentials; the order of bytes; paths with
 * slashes.
 */
package dev.slipway.executor.text;
