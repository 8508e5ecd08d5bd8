package dev.slipway.backend;

import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryOptions;
import dev.slipway.oci.registry.RegistrySettings;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an instance pushes with. It is made when it is needed, for most builds push nothing. */
public final class Registries implements Supplier<RegistryClient> {

    private final Client client;
    private @Nullable RegistryClient made;

    public Registries(Client client) {
        this.client = client;
    }

    @Override
    public synchronized RegistryClient get() {
        if (made == null) {
            RegistrySettings settings = RegistryOptions.of(client.registries());
            made = new RegistryClient(
                    client.credentials().map(settings::withCredentials).orElse(settings));
        }
        return made;
    }
}
