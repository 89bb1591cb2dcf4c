package dev.atelier.server.admission;

import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.llm.EngineerSettings;
import dev.atelier.prompt.llm.LocalChatModel;
import dev.atelier.server.StartException;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who plans, as {@link EngineerSettings} has it.
 *
 * @param engineer {@code rules}, {@code local} or {@code endpoint}
 * @param device where a local language model runs, {@code cpu} or {@code cuda:N}
 * @param timeout after which the rules' plan stands
 */
@ConfigurationProperties("atelier.prompt")
record EngineerProperties(
        @DefaultValue("rules") EngineerSettings.Kind engineer,
        @DefaultValue("") String model,
        @DefaultValue("") String url,
        @DefaultValue("") String key,
        @DefaultValue("cpu") String device,
        @DefaultValue("20s") Duration timeout) {
    private static final Logger LOG = LoggerFactory.getLogger(EngineerProperties.class);
    private static final String PREFIX = "atelier.prompt.";
    private static final String HINT = "docs/prompts.md tells what each engineer needs.";

    /** The engineer around a local language model, which is closed with it. */
    PromptEngineer around(LocalChatModel local) {
        return settings().around(local);
    }

    /**
     * An engineer without a local language model, ready to plan.
     *
     * @throws StartException naming the setting that is missing or wrong
     */
    PromptEngineer open() {
        return told().open();
    }

    /**
     * The local language model, loaded.
     *
     * @throws StartException naming the setting that is missing or wrong
     */
    LocalChatModel openLocal() {
        EngineerSettings settings = told();
        try {
            return settings.openLocal();
        } catch (EngineException e) {
            throw new StartException(PREFIX + "model: " + e.getMessage(), HINT, e);
        }
    }

    /** The settings, once what is given for nothing is told of. */
    private EngineerSettings told() {
        EngineerSettings settings = settings();
        settings.idle()
                .forEach(name -> LOG.warn("{}{} does nothing with {}engineer={}", PREFIX, name, PREFIX, named()));
        return settings;
    }

    private EngineerSettings settings() {
        try {
            return new EngineerSettings(engineer, model, url, key, Device.parse(device), timeout);
        } catch (EngineException | IllegalArgumentException e) {
            throw new StartException(PREFIX + e.getMessage(), HINT, e);
        }
    }

    private String named() {
        return engineer.name().toLowerCase(Locale.ROOT);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "EngineerProperties[engineer=" + engineer + ", model=" + model + ", url=" + url + "]";
    }
}
