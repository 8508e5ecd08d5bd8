package dev.slipway.local.cgroup;

import dev.slipway.local.cgroup.Limits.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * Which devices the processes of a control group may open. They may make the files of all, as Docker's may: such a file is of no
 * use to them.
 *
 * @param allowed those that they may open
 */
public record DeviceRule(List<Allowed> allowed) {

    private static final int ANY = -1;

    /** What Docker lets every process open: null, zero, full, random, urandom, tty, console, ptmx and terminals. */
    private static final List<Allowed> ORDINARY = List.of(
            new Allowed('c', 1, 3),
            new Allowed('c', 1, 5),
            new Allowed('c', 1, 7),
            new Allowed('c', 1, 8),
            new Allowed('c', 1, 9),
            new Allowed('c', 5, 0),
            new Allowed('c', 5, 1),
            new Allowed('c', 5, 2),
            new Allowed('c', 136, ANY));

    public DeviceRule {
        allowed = List.copyOf(allowed);
    }

    /**
     * Devices that may be opened.
     *
     * @param type {@code b} for a block device, {@code c} for a character device
     * @param minor which of those with this major number; a negative one for all
     */
    public record Allowed(char type, int major, int minor) {}

    /** What every process may open, and these. */
    public static DeviceRule allowing(List<Allowed> others) {
        List<Allowed> all = new ArrayList<>(ORDINARY);
        all.addAll(others);
        return new DeviceRule(all);
    }

    /** For a hierarchy with a controller of devices, in the order in which it has to be said. */
    List<Setting> separate() {
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting("devices", "devices.deny", "a"));
        settings.add(new Setting("devices", "devices.allow", "c *:* m"));
        settings.add(new Setting("devices", "devices.allow", "b *:* m"));
        for (Allowed each : allowed) {
            String minor = each.minor() < 0 ? "*" : Integer.toString(each.minor());
            String numbers = each.type() + " " + each.major() + ":" + minor;
            settings.add(new Setting("devices", "devices.allow", numbers + " rwm"));
        }
        return settings;
    }
}
