package dev.atelier.training.preference;

import dev.atelier.training.lora.LoraSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a preference tuning is asked for. Errors name the command's option, the value and its bound.
 *
 * @param tuning adapter, optimiser, resolution, steps and seed; crops and dropout of captions are not used
 * @param beta of {@link DirectPreference} or of {@link NegativeAware}
 * @param kl of {@link NegativeAware}: how much its distance from the start costs; pairs do not use it
 * @param tolerance by which share the {@link PictureStatistics} of what the model draws may change before the run is stopped
 */
public record PreferenceSettings(LoraSettings tuning, double beta, double kl, double tolerance) {
    public PreferenceSettings {
        require("beta", beta, 1e-3, 1e6);
        require("kl", kl, 1e-6, 1e3);
        require("tolerance", tolerance, 0.01, 1e6);
    }

    /** Every setting by its option's name. */
    Map<String, String> values() {
        Map<String, String> out = new LinkedHashMap<>(tuning.values());
        out.put("beta", Double.toString(beta));
        out.put("kl", Double.toString(kl));
        out.put("tolerance", Double.toString(tolerance));
        return out;
    }

    private static void require(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + ": " + value + " is not in " + least + " to " + most);
        }
    }
}
