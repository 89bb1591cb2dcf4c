package dev.atelier.prompt.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives each part of a story its subject: "A knight leaves. He returns." becomes "A knight leaves", "A knight returns". */
final class SubjectCarrier {
    private static final Pattern ENGLISH_SUBJECT = Pattern.compile(
            "(?i)^(?<subject>(?:an?|the|one|my|our|two|three)\\s+(?:[\\p{L}'-]+\\s+){0,3}?[\\p{L}'-]+)\\s+(?=(?:is|are|has|was|with|in|on|at|who|[\\p{L}]+(?<!s)(?<!u)(?<!i)s|[\\p{L}]+ing)\\b)");
    private static final Pattern CHINESE_SUBJECT = Pattern.compile(
            "^(?<subject>(?:一(?:只|个|位|名|匹|条|头|对|群|辆|艘))?[\\p{IsHan}]{1,6}?)(?=在|从|走|跑|坐|站|正|出|发|遇|看|起|吃|睡|飞|拿|打|回|去|来|和|把|被|迷|捡|种|浇|收)");
    private static final Pattern ENGLISH_PRONOUN = Pattern.compile("(?i)^(?:he|she|it|they)\\b");
    private static final Pattern CHINESE_PRONOUN = Pattern.compile("^[他她它]们?");
    private static final Pattern CHINESE_VERB = Pattern.compile("^[\\p{IsHan}]{1,6}$");
    private static final Pattern VERB = Pattern.compile("^[\\p{Ll}]+(?<!s)(?<!u)(?<!i)s\\b(?!\\s+(?:and|of|,)).*");

    private SubjectCarrier() {}

    /**
     * @param before the prompt up to the parts
     * @param items the parts; the first one names the subject unless {@code before} does
     */
    static List<String> carry(String before, List<String> items) {
        Matcher english = ENGLISH_SUBJECT.matcher(items.getFirst());
        Matcher chinese = CHINESE_SUBJECT.matcher(items.getFirst());
        List<String> carried = new ArrayList<>();
        carried.add(items.getFirst());
        for (String item : items.subList(1, items.size())) {
            if (english.find(0)) {
                carried.add(withSubject(item, english.group("subject")));
            } else if (chinese.find(0)) {
                carried.add(withChineseSubject(item, chinese.group("subject")));
            } else {
                carried.add(item);
            }
        }
        return carried;
    }

    private static String withChineseSubject(String item, String subject) {
        Matcher pronoun = CHINESE_PRONOUN.matcher(item);
        if (pronoun.find()) {
            return subject + item.substring(pronoun.end());
        }
        boolean verbOnly = CHINESE_VERB.matcher(item).find()
                && !CHINESE_SUBJECT.matcher(item).find();
        return verbOnly ? subject + item : item;
    }

    private static String withSubject(String item, String subject) {
        Matcher pronoun = ENGLISH_PRONOUN.matcher(item);
        if (pronoun.find()) {
            return subject + item.substring(pronoun.end());
        }
        return VERB.matcher(item).matches() ? subject + " " + item : item;
    }
}
