package dev.slipway.oci.registry;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The address of the token server that a registry names. A compromised registry could name any address to collect passwords, so
 * these go only to its own host and domain, and to hosts that the user has named.
 */
final class Realm {

    /** Below these, and below a country, anybody can register a domain. */
    private static final Set<String> PUBLIC =
            Set.of("ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "mil", "ne", "net", "nom", "or", "org");

    private Realm() {}

    /** The token server for anonymous access. */
    static URI of(RegistryHost host, Challenge challenge) throws IOException {
        return HttpSender.target(host.address(), challenge.parameter("realm"));
    }

    /**
     * The token server for a request with a password or an identity token.
     *
     * @throws RegistryException if it must not receive them
     */
    static URI forSecrets(RegistryHost host, Challenge challenge) throws IOException {
        URI realm = of(host, challenge);
        String name = host.credentialName();
        if (!realm.getScheme().equals("https") && !host.isPlainHttp()) {
            throw new RegistryException(
                    name + " wants a password to be sent unprotected to " + realm.getHost() + ", which is refused", 0);
        }
        if (!isTrusted(host, realm)) {
            throw new RegistryException(
                    name + " wants the credentials for it to be sent to " + realm.getAuthority()
                            + ", which is outside its domain; if that is right, add \"" + realm.getAuthority()
                            + "\" to \"token-servers\" of \"" + name + "\" in the config file",
                    0);
        }
        return realm;
    }

    private static boolean isTrusted(RegistryHost host, URI realm) {
        String server = realm.getHost().toLowerCase(Locale.ROOT);
        String own = host.address().getHost().toLowerCase(Locale.ROOT);
        String domain = domain(own);
        return server.equals(own)
                || server.equals(domain)
                || server.endsWith("." + domain)
                || host.tokenServers().contains(realm.getAuthority());
    }

    /** The domain that a host belongs to: {@code docker.io} for {@code registry-1.docker.io}; the host itself if that has none. */
    static String domain(String host) {
        List<String> labels = List.of(host.split("\\."));
        int last = labels.size() - 1;
        boolean isAddress = host.startsWith("[") || labels.get(last).matches("\\d*");
        boolean isShort = labels.size() < 3;
        boolean isPublic = labels.size() == 3
                && PUBLIC.contains(labels.get(1))
                && labels.get(last).length() == 2;
        return isAddress || isShort || isPublic ? host : host.substring(host.indexOf('.') + 1);
    }
}
