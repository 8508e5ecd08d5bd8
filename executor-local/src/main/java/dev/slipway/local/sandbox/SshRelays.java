package dev.slipway.local.sandbox;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sockets for the SSH agents that one step sees. */
public final class SshRelays implements AutoCloseable {

    private final List<SshRelay> relays = new ArrayList<>();
    private final Map<SandboxMount.SshAgent, Path> sockets = new HashMap<>();

    /** Opens a socket for each agent that is mounted. */
    public static SshRelays open(List<SandboxMount> mounts) {
        SshRelays relays = new SshRelays();
        try {
            for (SandboxMount mount : mounts) {
                if (mount.source() instanceof SandboxMount.SshAgent agent) {
                    SshRelay relay = SshRelay.open(agent);
                    relays.relays.add(relay);
                    relays.sockets.put(agent, relay.socket());
                }
            }
            return relays;
        } catch (RuntimeException e) {
            relays.close();
            throw e;
        }
    }

    /** Where the socket for an agent is on this machine. */
    public Path socket(SandboxMount.SshAgent agent) {
        return requireNonNull(sockets.get(agent));
    }

    @Override
    public void close() {
        relays.forEach(SshRelay::close);
    }
}
