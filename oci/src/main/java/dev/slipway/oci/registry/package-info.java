/**
 * Images in registries: a client of the OCI distribution protocol on {@code java.net.http}, one small class for each
 * endpoint.
 *
 * <p>Everything that is read is checked against its digest. Credentials go to the registry they belong to and to the token
 * server it names, never along with a redirect to another host.
 */
@NullMarked
package dev.slipway.oci.registry;

import org.jspecify.annotations.NullMarked;
