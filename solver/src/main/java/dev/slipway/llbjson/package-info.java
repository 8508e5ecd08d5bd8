/**
 * Definitions as JSON for people and programs: ops in the reference's protobuf JSON form (defaults left out, 64-bit numbers as
 * strings, bytes in base64), each with its digest and its metadata.
 */
@NullMarked
package dev.slipway.llbjson;

import org.jspecify.annotations.NullMarked;
