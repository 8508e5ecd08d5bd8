package dev.slipway.local.sandbox;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Whose files are that all belong to whoever runs this program.
 *
 * @param user whom the process seemed to be that wrote them
 * @param made those that were made for the process, by root as it were
 */
record SeemingOwners(ProcessUser user, Set<Path> made) implements FileOwners {

    @Override
    public Owner ofNewFiles() {
        return Owner.of(user);
    }

    @Override
    public Optional<Owner> given(Path file) {
        return made.contains(file) ? Optional.of(Owner.ROOT) : Optional.empty();
    }
}
