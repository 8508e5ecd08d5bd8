package dev.slipway.local.sandbox;

import java.util.List;

/**
 * A symbolic link in {@code /dev}.
 *
 * @param name below {@code /dev}
 * @param target where it leads
 */
public record DeviceLink(String name, String target) {

    /** Those that every process has. */
    public static final List<DeviceLink> ALL = List.of(
            new DeviceLink("fd", "/proc/self/fd"),
            new DeviceLink("stdin", "/proc/self/fd/0"),
            new DeviceLink("stdout", "/proc/self/fd/1"),
            new DeviceLink("stderr", "/proc/self/fd/2"),
            new DeviceLink("core", "/proc/kcore"),
            new DeviceLink("ptmx", "pts/ptmx"));
}
