package dev.atelier.training.evaluation;

import dev.atelier.world.scene.Script;
import dev.atelier.world.scene.UnseenWords;
import java.util.ArrayList;
import java.util.List;

/** Prompts that ask for a word on what the world prints words on, with words that no training picture carried. */
final class Typography {
    private static final List<String> ENGLISH = List.of(
            "A poster that says \"%s\"",
            "a blue sign with the word \"%s\"",
            "a white label with the text \"%s\"",
            "a red mug with the word \"%s\" on it",
            "a shop front with a sign that says \"%s\"",
            "a laptop screen that shows the word \"%s\"",
            "mountains and a lake, with the title \"%s\"");

    private static final List<String> CHINESE = List.of(
            "一张海报，写着“%s”",
            "一块蓝色的招牌，上面写着“%s”",
            "一张白色的标签，写着“%s”",
            "一个红色的马克杯，上面印着“%s”",
            "一家店铺，招牌上写着“%s”",
            "一块电脑屏幕，显示着“%s”",
            "山和湖的风景，标题是“%s”");

    private Typography() {}

    /** Every word once, the carriers in turn. */
    static List<ExamQuestion> all() {
        List<ExamQuestion> out = new ArrayList<>();
        add(out, Script.LATIN, UnseenWords.english(), ENGLISH);
        add(out, Script.CHINESE, UnseenWords.chinese(), CHINESE);
        return out;
    }

    private static void add(List<ExamQuestion> to, Script script, List<String> words, List<String> prompts) {
        for (int i = 0; i < words.size(); i++) {
            String prompt = prompts.get(i % prompts.size()).formatted(words.get(i));
            to.add(new ExamQuestion(group(script), prompt, words.get(i)));
        }
    }

    static String group(Script script) {
        return script.words().english().getFirst();
    }

    static Script script(ExamQuestion question) {
        return question.group().equals(group(Script.LATIN)) ? Script.LATIN : Script.CHINESE;
    }
}
