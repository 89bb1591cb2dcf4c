package dev.atelier.world.scene;

/** What a picture is of, as its {@link Scene}'s setting and subjects make it. */
public enum Family implements Term {
    LANDSCAPE("landscape|scenery|landscape scene", "风景|风景画|景色"),
    PRODUCT("product picture|product shot|still life", "产品图|静物|商品图"),
    CHARACTER("character|character illustration|portrait", "人物|人物插画|角色"),
    ANIMAL("animal picture|animal illustration", "动物|动物插画"),
    ROOM("room|interior|interior design", "房间|室内|室内设计"),
    BUILDING("building|architecture", "建筑|建筑物"),
    POSTER("printed sheet|typography|lettering", "文字设计|字体设计"),
    DIAGRAM("diagram|chart|infographic", "图表|示意图|信息图"),
    THINGS("illustration|clip art", "插画|插图");

    private final Words words;

    Family(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
