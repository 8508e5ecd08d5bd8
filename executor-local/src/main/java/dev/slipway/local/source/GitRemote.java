package dev.slipway.local.source;

import dev.slipway.executor.BuildSession;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a repository is asked for, and what proves there who asks. Git itself sends a header of its configuration wherever a
 * redirect leads it, so that it follows none with one: {@link #redirected} does, and leaves the header behind at another origin.
 *
 * @param url without name and password
 * @param authorization the value of the header; empty for none
 * @param isElsewhere whether there was one that belongs to another origin
 */
record GitRemote(String url, Optional<String> authorization, boolean isElsewhere) {

    /** How git calls it, whatever its address. */
    static final String NAME = "slipway";

    private static final String REFERENCES = "/info/refs?service=git-upload-pack";
    private static final Pattern AUTHORITY = Pattern.compile("(https?://)([^/?#]+)", Pattern.CASE_INSENSITIVE);
    private static final List<String> GITHUB = List.of("https://github.com/", "https://www.github.com/");

    /** The remote of an address, with the credentials that the build offers or the address has. */
    static GitRemote of(GitAddress address, BuildSession session) {
        Optional<String> offered = offered(address, session);
        return new GitRemote(
                address.remote(), offered.or(() -> address.userInfo().map(GitRemote::basic)), false);
    }

    /** A whole header counts more than a token, and a secret of the host more than one of all hosts, as in BuildKit. */
    private static Optional<String> offered(GitAddress address, BuildSession session) {
        for (String suffix : suffixes(address)) {
            Optional<String> header = secret(address, session, "git.authheadersecret", suffix);
            if (header.isPresent()) {
                return header;
            }
            Optional<String> token = secret(address, session, "git.authtokensecret", suffix);
            if (token.isPresent()) {
                return Optional.of(basicOf("x-access-token:" + token.get()));
            }
        }
        return Optional.empty();
    }

    private static List<String> suffixes(GitAddress address) {
        Matcher remote = AUTHORITY.matcher(address.remote());
        if (!remote.lookingAt()) {
            return List.of("");
        }
        String authority = hostOf(remote);
        return List.of("." + authority, "." + authority.replaceFirst(":\\d*$", ""), "");
    }

    private static Optional<String> secret(GitAddress address, BuildSession session, String attribute, String suffix) {
        return address.attribute(attribute)
                .flatMap(id -> session.secrets().get(id + suffix))
                .map(content -> new String(content, StandardCharsets.UTF_8).strip());
    }

    private static String basic(String userInfo) {
        String pair = userInfo.indexOf(':') < 0 ? userInfo + ":" : userInfo;
        try {
            return basicOf(URLDecoder.decode(pair.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return basicOf(pair);
        }
    }

    private static String basicOf(String pair) {
        return "basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Git's configuration: the remote under its name, and the header for it alone. */
    Map<String, String> configuration() {
        Map<String, String> configuration = new TreeMap<>(Map.of("remote." + NAME + ".url", url));
        authorization.ifPresent(header -> {
            configuration.put("http." + scope() + ".extraHeader", "Authorization: " + header);
            configuration.put("http." + scope() + ".followRedirects", "false");
        });
        return configuration;
    }

    /**
     * That for its submodules. For git everything below an address belongs to it, {@code ..%2f} too, so that none of them is asked with
     * what belongs to one repository. Many a repository of GitHub has moved, within GitHub.
     */
    Map<String, String> configurationOfSubmodules() {
        if (authorization.isEmpty() || !GITHUB.contains(scope())) {
            return Map.of();
        }
        Map<String, String> configuration = new TreeMap<>(configuration());
        configuration.put("http." + scope() + ".followRedirects", "initial");
        return configuration;
    }

    /**
     * Credentials go to the repository, not to what else its host has, such as its submodules. At GitHub nobody but GitHub reads
     * them, and private submodules are usual: there they go to all repositories, as in BuildKit.
     */
    private String scope() {
        return GITHUB.stream().filter(url::startsWith).findFirst().orElse(url);
    }

    /**
     * Where the answer to the first request leads, if it leads to a repository: as git has it, the new address ends in what was asked
     * for below the old one.
     */
    Optional<GitRemote> redirected(String location) {
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        String target;
        try {
            target = URI.create(base + REFERENCES).resolve(location).toString();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (origin(target).isEmpty() || !target.endsWith(REFERENCES)) {
            return Optional.empty();
        }
        String moved =
                target.substring(0, target.length() - REFERENCES.length()).replaceFirst("://[^/]*@", "://");
        boolean stays = origin(moved).equals(origin(url));
        return Optional.of(new GitRemote(
                moved, authorization.filter(header -> stays), isElsewhere || authorization.isPresent() && !stays));
    }

    /** Scheme, host and port of an address of HTTP. */
    private static Optional<String> origin(String address) {
        Matcher matcher = AUTHORITY.matcher(address);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        String host = hostOf(matcher);
        String port = address.regionMatches(true, 0, "https:", 0, 6) ? ":443" : ":80";
        String whole = matcher.group(1) + (host.matches(".*:\\d+") ? host : host.replaceFirst(":$", "") + port);
        return Optional.of(whole.toLowerCase(Locale.ROOT));
    }

    private static String hostOf(Matcher address) {
        return address.group(2).substring(address.group(2).lastIndexOf('@') + 1);
    }

    /** Whether there is something to keep from others. */
    boolean hasCredentials() {
        return authorization.isPresent();
    }

    /** What to do if it does not answer. */
    String advice() {
        return isElsewhere
                ? "; the address leads to " + url
                        + ", and credentials are not sent on to another server: give that address"
                : "; check the address, whether this machine reaches it, and for a private repository the secret"
                        + " GIT_AUTH_TOKEN or an SSH agent";
    }
}
