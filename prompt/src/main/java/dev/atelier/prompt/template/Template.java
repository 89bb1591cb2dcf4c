package dev.atelier.prompt.template;

import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.prompt.SizeWish;
import dev.atelier.prompt.TemplateUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A prompt with slots for one use of one industry. Immutable; every template has the slot {@value #LANGUAGE}. */
public final class Template {
    /** The slot that says which language is spoken; without it, that of the other slots' values. */
    static final String LANGUAGE = "language";

    /** The slot that says how many pictures. */
    static final String SHOTS = "shots";

    /** The slot that says which shape. */
    static final String RATIO = "ratio";

    private static final String AUTO = "auto";

    private final String name;
    private final int version;
    private final Wording industry;
    private final Wording title;
    private final Wording description;
    private final Map<String, Slot> slots;
    private final Texts texts;

    /**
     * What a template says.
     *
     * @param prompt by language, then for models with a small vocabulary or without one
     * @param phrases what the words of choices stand for, by slot and word
     * @param shots what differs from picture to picture, as {@code prompt}; empty: one picture
     */
    record Texts(
            Map<Voice, TemplateText> prompt,
            Map<String, Map<String, Phrase>> phrases,
            List<Map<Voice, TemplateText>> shots) {}

    /** Who is spoken to, and in which language. */
    record Voice(Language language, boolean small) {}

    Template(
            String name,
            int version,
            Wording industry,
            Wording title,
            Wording description,
            Map<String, Slot> slots,
            Texts texts) {
        this.name = name;
        this.version = version;
        this.industry = industry;
        this.title = title;
        this.description = description;
        this.slots = new LinkedHashMap<>(slots);
        this.texts = texts;
    }

    /** Industry and use, such as {@code shop/packshot}. */
    public String name() {
        return name;
    }

    /** From 1; another one says something else. */
    public int version() {
        return version;
    }

    public Wording industry() {
        return industry;
    }

    public Wording title() {
        return title;
    }

    /** One sentence. */
    public Wording description() {
        return description;
    }

    /** In the order in which people are asked for them. */
    public List<Slot> slots() {
        return List.copyOf(slots.values());
    }

    /** What it says with the examples in the slots that must be given. */
    public Wording example() {
        return new Wording(example(Language.EN), example(Language.ZH));
    }

    private String example(Language language) {
        Map<String, String> examples = new LinkedHashMap<>();
        examples.put(LANGUAGE, language.code());
        slots.values().stream()
                .filter(Slot::required)
                .forEach(slot -> examples.put(slot.name(), slot.example().in(language)));
        return fill(examples).text();
    }

    /**
     * The template's pictures with {@code given} in its slots.
     *
     * @param given by the slots' names, as written; what is blank is not given
     * @throws InvalidRequestException naming field, value and what is allowed: an unknown slot, one that is missing, a value that is
     *     too long, out of bounds or none of the choices
     */
    public FilledTemplate fill(Map<String, String> given) {
        Map<String, String> checked = new LinkedHashMap<>();
        given.forEach((slot, value) -> {
            if (!slots.containsKey(slot)) {
                throw new InvalidRequestException(
                        "slots." + cut(slot),
                        "is no slot of " + name,
                        "its slots are " + String.join(", ", slots.keySet()));
            }
            if (!value.isBlank()) {
                checked.put(slot, slots.get(slot).checked(value));
            }
        });
        slots.values().stream()
                .filter(slot -> slot.required() && !checked.containsKey(slot.name()))
                .findFirst()
                .ifPresent(slot -> {
                    throw new InvalidRequestException(slot.field(), "is missing", needed(slot));
                });
        Language language = language(checked);
        Map<String, String> values = new LinkedHashMap<>();
        slots.values()
                .forEach(slot -> values.put(
                        slot.name(),
                        Optional.ofNullable(checked.get(slot.name()))
                                .orElseGet(() -> slot.preset().in(language))));
        return new FilledTemplate(
                new TemplateUse(name, version, checked),
                language,
                prompts(new Voice(language, false), values),
                prompts(new Voice(language, true), values),
                SizeWish.parse(values.getOrDefault(RATIO, AUTO)).aspect());
    }

    private static String needed(Slot slot) {
        return switch (slot.type()) {
            case TEXT ->
                "1 to " + slot.max() + " characters are needed, such as '"
                        + slot.example().en() + "'";
            case COUNT -> "a whole number from " + slot.min() + " to " + slot.max() + " is needed";
            case CHOICE, RATIO -> "one of " + String.join(", ", slot.choices()) + " is needed";
        };
    }

    private static Language language(Map<String, String> checked) {
        String said = checked.getOrDefault(LANGUAGE, AUTO);
        if (!said.equals(AUTO)) {
            return said.equals(Language.ZH.code()) ? Language.ZH : Language.EN;
        }
        boolean chinese = checked.values().stream()
                .anyMatch(value ->
                        value.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN));
        return chinese ? Language.ZH : Language.EN;
    }

    /** One a picture. */
    private List<String> prompts(Voice voice, Map<String, String> values) {
        TemplateText text = texts.prompt().get(voice);
        Map<String, String> said = new HashMap<>();
        values.forEach((slot, value) -> said.put(slot, said(slot, value, voice)));
        if (texts.shots().isEmpty()) {
            return List.of(text.fill(said::get));
        }
        List<String> prompts = new ArrayList<>();
        for (Map<Voice, TemplateText> shot : texts.shots().subList(0, Integer.parseInt(values.get(SHOTS)))) {
            said.put(TemplateFile.SHOT, shot.get(voice).fill(said::get));
            prompts.add(text.fill(said::get));
        }
        return prompts;
    }

    private String said(String slot, String value, Voice voice) {
        Phrase phrase = texts.phrases().getOrDefault(slot, Map.of()).get(value);
        return phrase == null ? value : phrase.in(voice.language(), voice.small());
    }

    private static String cut(String slot) {
        String shown = slot.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "?");
        return shown.length() <= 40 ? shown : shown.substring(0, 40) + "…";
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
