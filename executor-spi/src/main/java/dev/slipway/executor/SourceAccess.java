package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.text.UrlCredentials;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whom a build may ask for its sources, and what it need not ask for. Like the rest of a session it enters no key.
 *
 * @param network whom
 * @param pins what sources stand for that the client knows already, by their identifiers without credentials: the digest of the
 *     manifest or index of an image that is named by tag ({@code docker-image://docker.io/library/alpine:3.22}), the commit of a git
 *     repository, the digest of the file behind a URL. A source that turns out to be something else is refused
 */
public record SourceAccess(Network network, SortedMap<String, String> pins) {

    /** Everybody may be asked, and nothing is known. */
    public static final SourceAccess ONLINE = new SourceAccess(Network.ALL, new TreeMap<>());

    public SourceAccess {
        requireNonNull(network, "network is null");
        pins = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(pins, "pins is null")));
    }

    /** What the client knows a source to stand for. */
    public Optional<String> pin(String identifier) {
        return Optional.ofNullable(pins.get(UrlCredentials.redact(identifier)));
    }

    /** Whether nobody may be asked for anything. */
    public boolean isOffline() {
        return network == Network.NONE;
    }

    /** Whom a build may ask. */
    public enum Network {
        /** Everybody. */
        ALL,
        /** Everybody but registries: images have to be in the store. */
        NO_REGISTRY,
        /** Nobody. Processes of steps have no network either, whatever their op says. */
        NONE
    }
}
