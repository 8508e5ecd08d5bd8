package dev.slipway.frontend.convert;

import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.frontend.value.GoFormat;
import dev.slipway.parser.tree.Volume;
import java.util.List;

/** {@code VOLUME}: folders whose content is not part of a container. */
final class VolumeConverter {

    private VolumeConverter() {}

    static void convert(StepContext step, Volume volume) {
        List<String> paths = volume.paths().stream().map(step::expand).toList();
        for (String path : paths) {
            if (path.isEmpty()) {
                throw new FrontendException("VOLUME specified can not be an empty string");
            }
            step.image().addVolume(path);
        }
        step.commit("VOLUME " + GoFormat.list(paths), false);
    }
}
