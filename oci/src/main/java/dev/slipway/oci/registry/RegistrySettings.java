package dev.slipway.oci.registry;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.CredentialSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How registries are reached.
 *
 * @param credentials who is asking
 * @param plainHttp hosts that are reached by HTTP instead of HTTPS, with their ports; those of this machine always are
 * @param mirrors by host, the addresses that are asked first for reading, in order; each may have a path
 */
public record RegistrySettings(
        CredentialSource credentials, Set<String> plainHttp, SortedMap<String, List<URI>> mirrors) {

    public RegistrySettings {
        requireNonNull(credentials, "credentials is null");
        plainHttp = Collections.unmodifiableSet(new TreeSet<>(plainHttp));
        SortedMap<String, List<URI>> copy = new TreeMap<>();
        mirrors.forEach((host, addresses) -> copy.put(host, List.copyOf(addresses)));
        mirrors = Collections.unmodifiableSortedMap(copy);
    }

    /** The user's credentials from Docker's config, no mirrors. */
    public static RegistrySettings ofUser() {
        return new RegistrySettings(DockerCredentials.ofUser(), Set.of(), Collections.emptySortedMap());
    }

    /** Everybody is anonymous, no mirrors. */
    public static RegistrySettings anonymous() {
        return new RegistrySettings(CredentialSource.NONE, Set.of(), Collections.emptySortedMap());
    }

    /** The same settings with other credentials. */
    public RegistrySettings withCredentials(CredentialSource other) {
        return new RegistrySettings(other, plainHttp, mirrors);
    }

    /** The same settings with one more host that is reached by HTTP. */
    public RegistrySettings withPlainHttp(String host) {
        Set<String> more = new TreeSet<>(plainHttp);
        more.add(host);
        return new RegistrySettings(credentials, more, mirrors);
    }

    /** The same settings with one more mirror of a host, asked after those it has already. */
    public RegistrySettings withMirror(String host, URI address) {
        SortedMap<String, List<URI>> more = new TreeMap<>(mirrors);
        List<URI> addresses = new ArrayList<>(mirrors.getOrDefault(host, List.of()));
        addresses.add(address);
        more.put(host, addresses);
        return new RegistrySettings(credentials, plainHttp, more);
    }
}
