package dev.slipway.backend;

import dev.slipway.executor.CredentialSource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What holds for all builds of an instance.
 *
 * @param credentials who is asking registries; without it, the user with the credentials of docker
 * @param substitution names the image that is used in the place of another one
 * @param temporaryFolder for what lasts no longer than a build; without it, the system's
 */
public record Client(
        Optional<CredentialSource> credentials, UnaryOperator<String> substitution, Optional<Path> temporaryFolder) {

    public static final Client USUAL = new Client(Optional.empty(), UnaryOperator.identity(), Optional.empty());
}
