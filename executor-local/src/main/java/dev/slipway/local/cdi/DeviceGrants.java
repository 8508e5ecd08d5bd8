package dev.slipway.local.cdi;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which devices steps may have: {@code device} stands for all, {@code device=NAME} for one, and {@code
 * device=NAME,alias=OTHER} lets steps ask for it by another name.
 *
 * @param all whether every device may be had
 * @param names those that may be had
 * @param aliases what other names stand for
 */
record DeviceGrants(boolean all, Set<String> names, Map<String, String> aliases) {

    private static final String ALL = "device";
    private static final String ONE = "device=";
    private static final String ALIAS = ",alias=";

    static DeviceGrants of(Collection<String> entitlements) {
        Set<String> names = new HashSet<>();
        Map<String, String> aliases = new TreeMap<>();
        for (String entitlement : entitlements) {
            if (entitlement.startsWith(ONE)) {
                String name = entitlement.substring(ONE.length());
                int alias = name.indexOf(ALIAS);
                if (alias >= 0) {
                    aliases.put(name.substring(alias + ALIAS.length()), name.substring(0, alias));
                }
                names.add(alias < 0 ? name : name.substring(0, alias));
            }
        }
        return new DeviceGrants(entitlements.contains(ALL), names, aliases);
    }

    /** The device's own name. */
    String real(String name) {
        return aliases.getOrDefault(name, name);
    }
}
