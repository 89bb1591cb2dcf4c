package dev.atelier.prompt.llm;

import dev.atelier.engine.tensor.Device;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.rules.RulePromptEngineer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which engineer plans, as a person sets it. The messages of what is refused begin with the setting's name.
 *
 * @param engineer who plans
 * @param model folder of a local language model, or the endpoint's name for one; empty: none
 * @param url base of an OpenAI-compatible endpoint, up to and including the version; empty: none
 * @param key sent to the endpoint as a bearer token; empty: none
 * @param device where a local language model runs
 * @param timeout how long an answer may take, above zero; then the rules plan
 */
public record EngineerSettings(Kind engineer, String model, String url, String key, Device device, Duration timeout) {
    /** What endpoints that ask for no key are sent. */
    private static final String NO_KEY = "none";

    /** Who plans. */
    public enum Kind {
        /** Rules alone. */
        RULES,
        /** A language model in this process. */
        LOCAL,
        /** A language model behind an OpenAI-compatible endpoint. */
        ENDPOINT
    }

    /** @throws IllegalArgumentException when a setting that the engineer needs is missing or wrong */
    public EngineerSettings {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout: " + timeout + "; above 0 expected");
        }
        switch (engineer) {
            case RULES -> {}
            case LOCAL -> requireFolder(model);
            case ENDPOINT -> {
                requireUrl(url);
                if (model.isBlank()) {
                    throw new IllegalArgumentException("model: missing; the engineer 'endpoint' needs the endpoint's"
                            + " name for a language model, such as qwen3:4b");
                }
            }
        }
    }

    /** Rules alone. */
    public static EngineerSettings rules() {
        return new EngineerSettings(Kind.RULES, "", "", "", Device.CPU, Duration.ofSeconds(1));
    }

    private static void requireFolder(String model) {
        if (model.isBlank()) {
            throw new IllegalArgumentException(
                    "model: missing; the engineer 'local' needs the folder of a Qwen3, or of a FLUX.2 that has one");
        }
        if (!Files.isDirectory(Path.of(model))) {
            throw new IllegalArgumentException("model: " + model + " is no folder");
        }
    }

    private static void requireUrl(String url) {
        if (url.isBlank()) {
            throw new IllegalArgumentException("url: missing; the engineer 'endpoint' needs the base URL of an"
                    + " OpenAI-compatible endpoint, such as http://localhost:11434/v1");
        }
        try {
            URI uri = new URI(url);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
                throw new IllegalArgumentException("url: " + url + " is no http or https URL of a host");
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("url: " + url + " is no URL", e);
        }
    }

    /** Names of the settings that are given and that the engineer has no use for. */
    public List<String> idle() {
        List<String> idle = new ArrayList<>();
        if (engineer == Kind.RULES && !model.isBlank()) {
            idle.add("model");
        }
        if (engineer != Kind.ENDPOINT && !url.isBlank()) {
            idle.add("url");
        }
        return idle;
    }

    /**
     * The engineer, ready to plan; a local language model is loaded.
     *
     * @throws dev.atelier.engine.tensor.EngineException naming the file of a local model that cannot be loaded, and why
     */
    public PromptEngineer open() {
        return switch (engineer) {
            case RULES -> new RulePromptEngineer();
            case LOCAL -> around(openLocal());
            case ENDPOINT -> around(new EndpointChatModel(URI.create(url), key.isBlank() ? NO_KEY : key, model));
        };
    }

    /**
     * The local language model, loaded.
     *
     * @throws dev.atelier.engine.tensor.EngineException naming the file that cannot be loaded, and why
     */
    public LocalChatModel openLocal() {
        return LocalChatModel.open(Path.of(model), device);
    }

    /** An engineer that asks {@code asked}, which is closed with it. */
    public PromptEngineer around(ChatModel asked) {
        return new LanguageModelPromptEngineer(asked, new RulePromptEngineer(), timeout);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "EngineerSettings[engineer=" + engineer + ", model=" + model + ", url=" + url + ", device=" + device
                + ", timeout=" + timeout + "]";
    }
}
