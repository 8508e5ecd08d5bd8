package dev.slipway.frontend.value;

import dev.slipway.llb.ProcessMeta.HostIp;
import java.util.Locale;

/** Lines of {@code /etc/hosts} as BuildKit's option writes them: {@code name=address}. */
public final class ExtraHosts {

    private ExtraHosts() {}

    /**
     * Reads one field of the option.
     *
     * @throws IllegalArgumentException if this is not such a line
     */
    public static HostIp parse(String field) {
        String lower = field.toLowerCase(Locale.ROOT);
        int equals = lower.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("invalid key-value pair " + field);
        }
        String address = lower.substring(equals + 1);
        String ip = IpAddress.parse(address)
                .orElseThrow(() -> new IllegalArgumentException("failed to parse IP " + address));
        return new HostIp(lower.substring(0, equals), ip);
    }
}
