package dev.slipway.backend;

import dev.slipway.executor.CredentialSource;
import dev.slipway.oci.registry.RegistryOptions;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What holds for all builds of an instance.
 *
 * @param credentials who is asking registries; without it, the user with the credentials of docker
 * @param substitution names the image that is used in the place of another one
 * @param registries how registries are reached that images are pushed to, as options of the local executor say it
 * @param temporaryFolder for what lasts no longer than a build; without it, the system's
 */
public record Client(
        Optional<CredentialSource> credentials,
        UnaryOperator<String> substitution,
        SortedMap<String, String> registries,
        Optional<Path> temporaryFolder) {

    public static final Client USUAL =
            new Client(Optional.empty(), UnaryOperator.identity(), new TreeMap<>(), Optional.empty());

    public Client {
        registries = Collections.unmodifiableSortedMap(new TreeMap<>(registries));
    }

    /** The same with more options of how registries are reached; those about something else are passed over. */
    public Client withRegistries(Map<String, String> options) {
        TreeMap<String, String> more = new TreeMap<>(registries);
        more.putAll(options);
        more.keySet().removeIf(name -> !RegistryOptions.isOption(name));
        return new Client(credentials, substitution, more, temporaryFolder);
    }
}
