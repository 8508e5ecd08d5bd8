package dev.slipway.local.cdi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a file that describes devices. JSON is YAML too. */
final class CdiFile {

    private static final int MAX_SIZE = 4 << 20;
    private static final int MAX_ALIASES = 100;

    private static final Pattern KIND =
            Pattern.compile("[A-Za-z]([A-Za-z0-9_.-]*[A-Za-z0-9])?/[A-Za-z]([A-Za-z0-9_-]*[A-Za-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.:-]*[A-Za-z0-9])?");

    private CdiFile() {}

    static List<CdiDevice> read(Path file) throws CdiException {
        Fields spec = Fields.of("", parse(file));
        spec.allow(Set.of("cdiVersion", "kind", "annotations", "devices", "containerEdits"));
        String version = spec.required("cdiVersion");
        if (!version.matches("v?(0\\.[3-9]|1\\.[0-9]+)\\.[0-9]+")) {
            throw new CdiException("cdiVersion " + version + " is not known; known are 0.3.0 to 1.x");
        }
        String kind = spec.required("kind");
        if (!KIND.matcher(kind).matches()) {
            throw new CdiException("kind " + kind + " is not of the form VENDOR/CLASS");
        }
        Edits common = edits(spec);
        List<CdiDevice> devices = new ArrayList<>();
        for (Fields device : spec.objects("devices")) {
            device.allow(Set.of("name", "annotations", "containerEdits"));
            String name = device.required("name");
            if (!NAME.matcher(name).matches()) {
                throw new CdiException(device.place() + ".name " + name + " is not a device name");
            }
            Map<String, String> annotations = new TreeMap<>(spec.map("annotations"));
            annotations.putAll(device.map("annotations"));
            devices.add(new CdiDevice(kind, name, file, annotations, common, edits(device)));
        }
        return devices;
    }

    private static Edits edits(Fields fields) throws CdiException {
        var edits = fields.object("containerEdits");
        return edits.isPresent() ? Edits.of(edits.get()) : Edits.NONE;
    }

    private static Object parse(Path file) throws CdiException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(String.valueOf(file.getFileName()))
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setCodePointLimit(MAX_SIZE)
                .build();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_SIZE + 1);
            if (bytes.length > MAX_SIZE) {
                throw new CdiException("it is larger than " + MAX_SIZE + " bytes");
            }
            return new Load(settings).loadFromString(new String(bytes, StandardCharsets.UTF_8));
        } catch (YamlEngineException e) {
            throw new CdiException("it is neither YAML nor JSON: " + firstLine(e.getMessage()), e);
        } catch (IOException e) {
            throw new CdiException("it cannot be read: " + e.getMessage(), e);
        }
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
