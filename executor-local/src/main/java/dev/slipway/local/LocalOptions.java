package dev.slipway.local;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.cdi.CdiDevices;
import dev.slipway.local.collect.CollectionOptions;
import dev.slipway.local.store.folder.TrustedOwners;
import dev.slipway.oci.registry.RegistryOptions;
import dev.slipway.oci.registry.RegistrySettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The options of the local executor: {@code sandbox}, the name of the sandbox that runs processes (without it, the best one that
 * can be used); {@code store.trusted-owners}, users, and groups behind a colon, who may own or write to the folders that lead to
 * the store, with commas between them, or {@code all} (without it, nobody but this user and root); {@code cdi.spec-dirs}, folders
 * with descriptions of devices, with commas between them (without it, those of the Container Device Interface); {@code
 * registry.plain-http} and {@code registry.https}, hosts of registries that are reached by plain HTTP, or by HTTPS although they
 * are this machine, with commas between them; {@code registry.mirror.HOST}, addresses that are asked before the registry of that
 * host, with commas between them; {@code registry.token-servers.HOST}, hosts outside that host's domain that may be sent the
 * credentials for it, with commas between them.
 *
 * <p>How the store is collected by itself: {@code gc}, which is {@code false} to turn it off; {@code gc.max-used-space}, {@code
 * gc.reserved-space} and {@code gc.min-free-space}, sizes; {@code gc.keep-duration} and {@code gc.interval}, durations.
 *
 * @param sandbox the sandbox that is wanted
 * @param trusted who may own the folders that lead to the store
 * @param devices folders with descriptions of devices
 * @param registries how registries are reached
 * @param collection how the store is collected
 */
record LocalOptions(
        Optional<String> sandbox,
        TrustedOwners trusted,
        List<Path> devices,
        RegistrySettings registries,
        CollectionOptions collection) {

    private static final String SANDBOX = "sandbox";
    private static final String DEVICES = "cdi.spec-dirs";

    static LocalOptions parse(SortedMap<String, String> options) {
        Optional<String> sandbox = Optional.empty();
        TrustedOwners trusted = TrustedOwners.NONE;
        List<Path> devices = CdiDevices.FOLDERS;
        for (Map.Entry<String, String> option : options.entrySet()) {
            String name = option.getKey();
            if (name.equals(SANDBOX)) {
                sandbox = Optional.of(StepRunners.requireName(option.getValue()));
            } else if (name.equals(TrustedOwners.OPTION)) {
                trusted = TrustedOwners.parse(option.getValue());
            } else if (name.equals(DEVICES)) {
                devices = Stream.of(option.getValue().split(","))
                        .map(folder -> Path.of(folder.strip()))
                        .toList();
            } else if (!RegistryOptions.isOption(name) && !CollectionOptions.NAMES.contains(name)) {
                throw new ExecutorException("the local executor has no option " + name + "; it has " + SANDBOX + ", "
                        + TrustedOwners.OPTION + ", "
                        + DEVICES + ", "
                        + RegistryOptions.NAMES + ", "
                        + String.join(", ", new TreeSet<>(CollectionOptions.NAMES)));
            }
        }
        return new LocalOptions(
                sandbox, trusted, devices, RegistryOptions.of(options), CollectionOptions.parse(options));
    }
}
