package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.backend.Client;
import dev.slipway.caller.CallerCode;
import dev.slipway.context.load.ClientFiles;
import dev.slipway.executor.BuildSession;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a build offers executors of its client. */
final class Sessions {

    private Sessions() {}

    /** @param files the folders and files that steps may read */
    static BuildSession of(BuildRequest request, ClientFiles files, Client client) {
        return new BuildSession(
                files.directories(),
                files.layouts(),
                id -> Optional.ofNullable(request.secrets().get(id)).map(source -> read(id, source)),
                new TreeMap<>(request.sshAgents()),
                new TreeSet<>(request.allowed()),
                files.uploads(),
                client.credentials());
    }

    private static byte[] read(String id, SecretSource source) {
        String what = "cannot read the secret " + id;
        return CallerCode.call(what, () -> requireNonNull(source.read(), "its source returned nothing"));
    }
}
