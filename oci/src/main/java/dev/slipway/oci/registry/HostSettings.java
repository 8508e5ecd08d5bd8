package dev.slipway.oci.registry;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How one registry is reached.
 *
 * @param plainHttp whether by HTTP instead of HTTPS; empty means HTTPS, but HTTP on this machine
 * @param mirrors the addresses to read from first, in order; each may have a path
 * @param tokenServers hosts outside the registry's own domain that may receive its credentials, with their ports
 */
record HostSettings(Optional<Boolean> plainHttp, List<URI> mirrors, Set<String> tokenServers) {

    static final HostSettings NONE = new HostSettings(Optional.empty(), List.of(), Set.of());

    HostSettings {
        requireNonNull(plainHttp, "plainHttp is null");
        mirrors = List.copyOf(mirrors);
        tokenServers = Collections.unmodifiableSet(new TreeSet<>(tokenServers));
    }

    HostSettings withPlainHttp(boolean other) {
        return new HostSettings(Optional.of(other), mirrors, tokenServers);
    }

    HostSettings withMirror(URI address) {
        List<URI> more = new ArrayList<>(mirrors);
        more.add(address);
        return new HostSettings(plainHttp, more, tokenServers);
    }

    HostSettings withTokenServer(String host) {
        Set<String> more = new TreeSet<>(tokenServers);
        more.add(host);
        return new HostSettings(plainHttp, mirrors, more);
    }
}
