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
    private static final Pattern ENGLISH_SUBJECT = Pattern.compile(
            "^(?<subject>(?i:an?|the|one|my|our|two|three)\\s+(?:[\\p{L}'-]+\\s+){0,3}?[\\p{L}'-]+|\\p{Lu}\\p{Ll}+(?:\\s+\\p{Lu}\\p{Ll}+)?)\\s+"
                    + "(?=(?:is|are|has|was|with|in|on|at|who|[\\p{L}]+(?<!s)(?<!u)(?<!i)s|[\\p{L}]+ing)\\b)");
    private static final Pattern ENGLISH_THING = Pattern.compile(
            "(?<!^)\\b(?<thing>(?:an?|the|his|her|my)\\s+(?:[\\p{L}-]+\\s+){0,2}?[\\p{L}-]+)(?=$|[,.;!]|\\s+(?:in|on|at|with|from|to|of|and|into|under|by|near|that"
                    + "|who|behind|beside|for|over|through|across|out|off|up|down|home|away|while|as)\\b|\\s+\\p{L}+(?<!s)s\\b)");
    private static final Pattern ENGLISH_PERSON = Pattern.compile(
            "(?i).*\\b(?:man|woman|girl|boy|child|kid|baby|toddler|lady|gentleman|king|queen|prince|princess|knight|wizard|witch|mother|father|mum|mom|dad"
                    + "|son|daughter|brother|sister|friend|grandma|grandpa|grandmother|grandfather|aunt|uncle|nurse|chef|cook|detective|thief|guard|hero|heroine"
                    + "|monk|nun|pilot|student|astronaut|clown|samurai|ninja|couple|family|person|[\\p{L}]{2,}(?:man|woman|boy|girl|er|or|ist|ian))$");
    private static final Pattern CHINESE_SUBJECT = Pattern.compile(
            "^(?<subject>(?:一(?:只|个|位|名|匹|条|头|对|群|辆|艘))?[\\p{IsHan}]{1,6}?)(?=在|从|走|跑|坐|站|正|出|发|遇|看|起|吃|睡|飞|拿|打|回|去|来|和|把|被|迷|捡|种|浇|收)");
    private static final Pattern CHINESE_THING =
            Pattern.compile("(?<thing>一[只条头匹辆艘棵朵颗把件个][\\p{IsHan}]{1,5}?)(?=$|[，。；、]|在|从|的|回|去|和)");
    private static final Pattern CHINESE_PERSON = Pattern.compile(".*(?:[人孩生师家员者童妈爸爷奶姐妹兄弟]|女孩|男孩|公主|王子|骑士|国王|医生)$");
    private static final Pattern ENGLISH_PRONOUN = Pattern.compile("(?i)^(?<pronoun>he|she|it|they)\\b");
    private static final Pattern CHINESE_PRONOUN = Pattern.compile("^(?<pronoun>[他她它])们?");
    private static final Pattern OBJECT = Pattern.compile("(?<=\\s)it(?=$|[,.;!])");
    private static final Pattern CHINESE_VERB = Pattern.compile("^[\\p{IsHan}]{1,6}$");
    private static final Pattern VERB = Pattern.compile("^[\\p{Ll}]+(?<!s)(?<!u)(?<!i)s\\b(?!\\s+(?:and|of|,)).*");

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
                : VERB.matcher(item).matches();
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
                || ENGLISH_PERSON.matcher(noun).matches()
                || CHINESE_PERSON.matcher(noun).matches();
    }
}
