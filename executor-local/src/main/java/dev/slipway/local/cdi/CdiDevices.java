package dev.slipway.local.cdi;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.ExecOp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The devices of this machine that have Container Device Interface names. */
public final class CdiDevices {

    /** Where descriptions are by the specification, and where BuildKit has its own. A later folder counts more. */
    public static final List<Path> FOLDERS =
            List.of(Path.of("/etc/cdi"), Path.of("/var/run/cdi"), Path.of("/etc/buildkit/cdi"));

    private final List<Path> folders;
    private final Map<String, CdiDevice> devices = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private CdiDevices(List<Path> folders) {
        this.folders = folders;
    }

    /**
     * What a step is given for the devices that it asks for.
     *
     * @param folders where descriptions are
     * @param session says which devices steps may have
     * @param monitor hears of devices that are missing and need not be there
     * @throws ExecutorException if one is missing that must be there, may not be had, or is described wrongly
     */
    public static ContainerEdits edits(ExecOp op, List<Path> folders, BuildSession session, StepMonitor monitor) {
        if (op.cdiDevices().isEmpty()) {
            return ContainerEdits.NONE;
        }
        CdiDevices known = new CdiDevices(folders);
        folders.forEach(known::read);
        DeviceGrants grants = DeviceGrants.of(session.entitlements());
        Set<CdiDevice> wanted = new LinkedHashSet<>();
        for (ExecOp.CdiDevice device : op.cdiDevices()) {
            wanted.addAll(known.find(grants.real(device.name()), device, monitor));
        }
        Set<String> granted = grants.names().stream()
                .flatMap(name -> known.find(name).stream())
                .map(CdiDevice::qualifiedName)
                .collect(Collectors.toSet());
        List<String> forbidden = wanted.stream()
                .filter(device -> !grants.all() && !device.isForEveryBuild())
                .map(CdiDevice::qualifiedName)
                .filter(name -> !granted.contains(name))
                .toList();
        if (!forbidden.isEmpty()) {
            throw new ExecutorException((forbidden.size() == 1 ? "device " : "devices ") + String.join(", ", forbidden)
                    + (forbidden.size() == 1 ? " is" : " are")
                    + " requested by the build but not allowed; allow the build "
                    + forbidden.stream().map(name -> "device=" + name).collect(Collectors.joining(" and "))
                    + ", or device for all");
        }
        return complete(wanted);
    }

    private void read(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml")) {
                    readFile(file);
                }
            }
        } catch (NoSuchFileException e) {
            // Few machines have all of them.
        } catch (IOException e) {
            problems.add(folder + " cannot be read: " + e.getMessage());
        }
    }

    /** Of two files in one folder that describe one device, none can be believed. */
    private void readFile(Path file) {
        try {
            for (CdiDevice device : CdiFile.read(file)) {
                CdiDevice other = devices.put(device.qualifiedName(), device);
                if (other != null && Objects.equals(other.file().getParent(), file.getParent())) {
                    problems.add(device.qualifiedName() + " is described in " + other.file() + " and in " + file);
                    devices.remove(device.qualifiedName());
                }
            }
        } catch (CdiException e) {
            problems.add(file + ": " + e.getMessage());
        }
    }

    private List<CdiDevice> find(String name, ExecOp.CdiDevice wanted, StepMonitor monitor) {
        List<CdiDevice> found = find(name);
        if (found.isEmpty()) {
            String message = "device \"" + name + "\" is not registered: no file in "
                    + folders.stream().map(Path::toString).collect(Collectors.joining(", ")) + " describes it";
            String reasons = problems.isEmpty() ? "" : " (" + String.join("; ", problems) + ")";
            if (!wanted.optional()) {
                throw new ExecutorException("required " + message + reasons
                        + "; install the vendor's container support, or make the device optional");
            }
            monitor.warn("optional " + message + reasons);
        }
        return found;
    }

    /** A name without {@code =} means the first device of its kind, one with {@code =*} all, and any may mean a class. */
    private List<CdiDevice> find(String name) {
        int equals = name.indexOf('=');
        String kind = equals < 0 ? name : name.substring(0, equals);
        String own = equals < 0 ? "" : name.substring(equals + 1);
        List<CdiDevice> found = kind.indexOf('/') <= 0
                ? List.of()
                : devices.values().stream()
                        .filter(device -> device.kind().equals(kind))
                        .filter(device -> own.isEmpty() || own.equals("*") || own.equals(device.name()))
                        .limit(own.isEmpty() ? 1 : Long.MAX_VALUE)
                        .toList();
        return found.isEmpty()
                ? devices.values().stream()
                        .filter(device -> device.isOfClass(name))
                        .toList()
                : found;
    }

    /** What all devices of a file bring comes once, before what the first of them brings. */
    private static ContainerEdits complete(Set<CdiDevice> wanted) {
        ContainerEdits edits = ContainerEdits.NONE;
        Set<Path> files = new LinkedHashSet<>();
        for (CdiDevice device : wanted) {
            try {
                if (files.add(device.file())) {
                    edits = edits.with(device.common().complete());
                }
                edits = edits.with(device.own().complete());
            } catch (CdiException e) {
                throw new ExecutorException(
                        "device " + device.qualifiedName() + " cannot be given to a step: " + e.getMessage()
                                + "; check " + device.file(),
                        e);
            }
        }
        return edits;
    }
}
