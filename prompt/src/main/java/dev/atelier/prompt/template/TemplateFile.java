package dev.atelier.prompt.template;

import dev.atelier.prompt.SizeWish;
import dev.atelier.prompt.template.Template.Texts;
import dev.atelier.prompt.template.Template.Voice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads an industry's file. Each template has {@code version}, {@code title}, {@code about}, {@code slots}, {@code prose} and
 * {@code plain} (the prompt for models that understand free text, and for small ones), each text in {@code en} and {@code zh}.
 *
 * <pre>
 * slots:
 *   product: {type: text, title: {en: …, zh: …}, max: 80, example: {en: red mug, zh: 红色杯子}}   no default: must be given
 *   light: {type: choice, title: …, words: light, default: soft}                                   words of shared.yaml
 *   surface: {type: choice, title: …, default: wood, words: {wood: [en, zh, plain en, plain zh]}}  own words
 *   ratio: {type: ratio, default: "1:1", choices: ["1:1", "4:5"]}
 *   shots: {type: count, default: 4, min: 2, max: 4}                                                with a list of shots
 * shots: [[en, zh, plain en, plain zh], …]                                                          said where {shot} stands
 * </pre>
 */
final class TemplateFile {
    /** The place of a text where what differs from picture to picture is said. */
    static final String SHOT = "shot";

    private static final String SHARED = "shared";

    private final JsonNode shared;
    private final String industry;
    private final JsonNode file;

    private TemplateFile(String industry) {
        this.industry = industry;
        shared = tree(SHARED);
        file = tree(industry);
    }

    /** @throws IllegalStateException naming file, template and fault when the file is broken */
    static List<Template> read(String industry) {
        TemplateFile read = new TemplateFile(industry);
        List<Template> templates = new ArrayList<>();
        read.file.get("templates").propertyStream().forEach(e -> {
            String name = industry + "/" + e.getKey();
            try {
                templates.add(read.template(name, e.getValue()));
            } catch (RuntimeException fault) {
                throw new IllegalStateException(industry + ".yaml, " + e.getKey() + ": " + fault.getMessage(), fault);
            }
        });
        return templates;
    }

    private Template template(String name, JsonNode node) {
        Map<String, Slot> slots = new LinkedHashMap<>();
        Map<String, Map<String, Phrase>> phrases = new LinkedHashMap<>();
        node.get("slots").propertyStream().forEach(e -> {
            Map<String, Phrase> words = words(e.getValue().path("words"));
            phrases.put(e.getKey(), words);
            slots.put(e.getKey(), slot(e.getKey(), e.getValue(), words));
        });
        slots.put(Template.LANGUAGE, slot(Template.LANGUAGE, shared.get(Template.LANGUAGE), Map.of()));
        List<Phrase> shots =
                node.path("shots").valueStream().map(TemplateFile::phrase).toList();
        require(
                shots.isEmpty()
                        ? !slots.containsKey(Template.SHOTS)
                        : slots.get(Template.SHOTS).max() == shots.size(),
                "the slot shots and the list of shots do not fit");
        Phrase prompt = new Phrase(wording(node.get("prose")), wording(node.get("plain")));
        Set<String> places = new LinkedHashSet<>(slots.keySet());
        List<Map<Voice, TemplateText>> parts =
                shots.stream().map(shot -> texts(shot, places)).toList();
        if (!shots.isEmpty()) {
            places.add(SHOT);
        }
        return new Template(
                name,
                node.get("version").intValue(),
                wording(file.get("industry")),
                wording(node.get("title")),
                wording(node.get("about")),
                slots,
                new Texts(texts(prompt, places), phrases, parts));
    }

    private static Map<Voice, TemplateText> texts(Phrase phrase, Set<String> places) {
        Map<Voice, TemplateText> texts = new HashMap<>();
        for (Language language : Language.values()) {
            for (boolean small : new boolean[] {false, true}) {
                texts.put(
                        new Voice(language, small),
                        TemplateText.of(phrase.in(language, small).strip(), places));
            }
        }
        return texts;
    }

    private Slot slot(String name, JsonNode node, Map<String, Phrase> words) {
        Slot.Type type = Slot.Type.valueOf(node.get("type").stringValue().toUpperCase(java.util.Locale.ROOT));
        List<String> choices = words.isEmpty()
                ? node.path("choices").valueStream().map(JsonNode::asString).toList()
                : List.copyOf(words.keySet());
        JsonNode title = node.path("title");
        JsonNode preset = node.path("default");
        Slot slot = new Slot(
                name,
                type,
                wording(title.isMissingNode() ? shared.at("/titles/" + name) : title),
                preset.isMissingNode() ? null : wording(preset),
                node.has("example")
                        ? wording(node.get("example"))
                        : preset.isMissingNode() ? Wording.NOTHING : wording(preset),
                node.path("min").asInt(0),
                node.path("max").asInt(0),
                choices);
        require(type != Slot.Type.TEXT || slot.max() > 0, name + ": no max");
        require(type != Slot.Type.COUNT || slot.min() >= 1 && slot.max() > slot.min(), name + ": no min and max");
        require(
                (type == Slot.Type.CHOICE || type == Slot.Type.RATIO) != choices.isEmpty(),
                name + ": choices do not fit");
        if (type == Slot.Type.RATIO) {
            choices.forEach(SizeWish::parse);
        }
        if (!slot.required() && !slot.preset().isBlank()) {
            slot.checked(slot.preset().en());
            slot.checked(slot.preset().zh());
        }
        require(!slot.required() || !slot.example().isBlank(), name + ": neither default nor example");
        return slot;
    }

    /** Own words, or those of the name in the shared file. */
    private Map<String, Phrase> words(JsonNode node) {
        JsonNode words = node.isString() ? shared.at("/words/" + node.stringValue()) : node;
        require(!node.isString() || words.isObject(), "there are no shared words '" + node.asString("") + "'");
        Map<String, Phrase> phrases = new LinkedHashMap<>();
        words.propertyStream().forEach(e -> phrases.put(e.getKey(), phrase(e.getValue())));
        return phrases;
    }

    private static Phrase phrase(JsonNode four) {
        require(four.isArray() && four.size() == 4, "four texts are needed: " + four);
        return new Phrase(
                new Wording(four.get(0).asString(), four.get(1).asString()),
                new Wording(four.get(2).asString(), four.get(3).asString()));
    }

    /** Two texts, or one that is the same in both languages. */
    private static Wording wording(JsonNode node) {
        if (node.isObject()) {
            return new Wording(
                    node.get("en").stringValue().strip(),
                    node.get("zh").stringValue().strip());
        }
        require(node.isValueNode(), "a text in en and zh is needed");
        return new Wording(node.asString(), node.asString());
    }

    private static void require(boolean condition, String fault) {
        if (!condition) {
            throw new IllegalArgumentException(fault);
        }
    }

    private static JsonNode tree(String name) {
        try (InputStream in = TemplateFile.class.getResourceAsStream(name + ".yaml")) {
            return YAMLMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
