package dev.atelier.prompt.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives each part of a story its subject, since no picture knows the words of another: "A knight leaves. He returns." becomes
 * "A knight leaves", "A knight returns".
 */
final class SubjectCarrier {
    /** "A knight in armour" before "rides", "is", "with". */
    private static final Pattern ENGLISH_SUBJECT = Words.pattern(
            "^(?<subject>(?i:an?|the|one|my|our|two|three)\\s+(?:[\\p{L}'-]+\\s+){0,3}?[\\p{L}'-]+|\\p{Lu}\\p{Ll}+(?:\\s+\\p{Lu}\\p{Ll}+)?)\\s+"
                    + "(?=(?:is|are|has|was|with|in|on|at|who|[\\p{L}]+(?<!s)(?<!u)(?<!i)s|[\\p{L}]+ing)\\b)");

    /** "a letter" in "finds a letter on the stairs". */
    private static final Pattern ENGLISH_THING = Words.pattern(
            "(?<!^)\\b(?<thing>(?:an?|the|his|her|my)\\s+(?:[\\p{L}-]+\\s+){0,2}?[\\p{L}-]+)(?=$|[,.;!]|\\s+(?:in|on|at|with|from|to|of|and|into|under|by|near|that"
                    + "|who|behind|beside|for|over|through|across|out|off|up|down|home|away|while|as)\\b|\\s+\\p{L}+(?<!s)s\\b)");

    /** "the old fisherman". */
    private static final Pattern ENGLISH_PERSON = Words.pattern("(?i)\\b{person}$");

    /** 一只小猫 before 在, 跑, 看. */
    private static final Pattern CHINESE_SUBJECT =
            Words.pattern("^(?<subject>(?:一(?:只|个|位|名|匹|条|头|对|群|辆|艘))?[\\p{IsHan}]{1,6}?)(?={zh-act})");

    /** 一颗种子 in 捡到一颗种子. */
    private static final Pattern CHINESE_THING =
            Words.pattern("(?<thing>一[只条头匹辆艘棵朵颗把件个][\\p{IsHan}]{1,5}?)(?=$|[，。；、]|在|从|的|回|去|和)");

    private static final Pattern CHINESE_PERSON = Words.pattern("{zh-person}$");
    private static final Pattern ENGLISH_PRONOUN = Words.pattern("(?i)^(?<pronoun>{pronoun})\\b");
    private static final Pattern CHINESE_PRONOUN = Words.pattern("^(?<pronoun>{zh-pronoun})们?");

    /** "it" as an object: "she waters it". */
    private static final Pattern OBJECT = Words.pattern("(?<=\\s)it(?=$|[,.;!])");

    private static final Pattern CHINESE_VERB = Words.pattern("^[\\p{IsHan}]{1,6}$");

    /** "runs home": a verb without its subject. */
    private static final Pattern VERB = Words.pattern("^[\\p{Ll}]+(?<!s)(?<!u)(?<!i)s\\b(?!\\s+(?:and|of|,))");

    private final List<String> subjects = new ArrayList<>();
    private final List<String> things = new ArrayList<>();

    private SubjectCarrier() {}

    /** The parts {@code items} of a story; the first one names the subject of those that begin with a pronoun or a verb. */
    static List<String> carry(List<String> items) {
        SubjectCarrier story = new SubjectCarrier();
        List<String> carried = new ArrayList<>();
        for (String item : items) {
            carried.add(carried.isEmpty() ? item : story.next(item));
            story.remember(item);
        }
        return carried;
    }

    private void remember(String item) {
        for (Pattern subject : List.of(ENGLISH_SUBJECT, CHINESE_SUBJECT)) {
            Matcher matcher = subject.matcher(item);
            if (!ENGLISH_PRONOUN.matcher(item).find()
                    && !CHINESE_PRONOUN.matcher(item).find()
                    && matcher.find()) {
                subjects.add(matcher.group("subject"));
            }
        }
        for (Pattern thing : List.of(ENGLISH_THING, CHINESE_THING)) {
            Matcher matcher = thing.matcher(item);
            while (matcher.find()) {
                if (!isPerson(matcher.group("thing")) && !subjects.contains(matcher.group("thing"))) {
                    things.add(matcher.group("thing"));
                }
            }
        }
    }

    private String next(String item) {
        if (subjects.isEmpty()) {
            return item;
        }
        for (Pattern form : List.of(ENGLISH_PRONOUN, CHINESE_PRONOUN)) {
            Matcher pronoun = form.matcher(item);
            if (pronoun.find()) {
                String word = pronoun.group("pronoun");
                return meant(word)
                        .map(noun -> begun(noun, word) + withObject(noun, item.substring(pronoun.end())))
                        .orElse(item);
            }
        }
        boolean chinese = item.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
        boolean verb = chinese
                ? CHINESE_VERB.matcher(item).find()
                        && !CHINESE_SUBJECT.matcher(item).find()
                : VERB.matcher(item).find();
        return verb ? subjects.getFirst() + (chinese ? "" : " ") + item : item;
    }

    /** What a pronoun stands for: the latest subject that can be called so, or for "it" the latest thing when people act. */
    private Optional<String> meant(String pronoun) {
        List<String> latest = subjects.reversed();
        return switch (pronoun.toLowerCase(java.util.Locale.ROOT)) {
            case "it", "它" -> {
                String subject = latest.getFirst();
                yield isPerson(subject)
                        ? things.isEmpty() ? Optional.empty() : Optional.of(things.getLast())
                        : Optional.of(subject);
            }
            case "they" -> {
                String subject = latest.getFirst();
                boolean plural = subject.matches("(?i)(?:two|three)\\b.*") || subject.contains(" and ");
                yield Optional.of(plural || things.isEmpty() ? subject : subject + " and " + things.getFirst());
            }
            default ->
                latest.stream().filter(SubjectCarrier::isPerson).findFirst().or(() -> Optional.of(latest.getFirst()));
        };
    }

    /** The rest of a sentence about a person, in which "it" is the thing that was spoken of. */
    private String withObject(String noun, String rest) {
        Matcher object = OBJECT.matcher(rest);
        return isPerson(noun) && !things.isEmpty() && object.find()
                ? rest.substring(0, object.start()) + things.getLast() + rest.substring(object.end())
                : rest;
    }

    private static String begun(String noun, String pronoun) {
        return Character.isUpperCase(pronoun.charAt(0))
                ? Character.toUpperCase(noun.charAt(0)) + noun.substring(1)
                : noun;
    }

    private static boolean isPerson(String noun) {
        boolean name = noun.matches("\\p{Lu}\\p{Ll}+(?:\\s+\\p{Lu}\\p{Ll}+)?")
                && !noun.matches("(?i)(?:an?|the|one|my|our)\\s.*");
        return name
                || ENGLISH_PERSON.matcher(noun).find()
                || CHINESE_PERSON.matcher(noun).find();
    }
}
