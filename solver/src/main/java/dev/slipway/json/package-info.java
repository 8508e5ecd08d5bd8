/** JSON byte for byte as Go writes it, because digests are made of it: in source attributes and in image configs. */
package dev.slipway.json;
