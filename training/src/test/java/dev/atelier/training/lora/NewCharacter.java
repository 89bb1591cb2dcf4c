package dev.atelier.training.lora;

import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import dev.atelier.world.caption.Caption;
import dev.atelier.world.caption.CaptionForm;
import dev.atelier.world.caption.Captioner;
import dev.atelier.world.caption.Language;
import dev.atelier.world.render.SceneRenderer;
import dev.atelier.world.scene.Expression;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Garment;
import dev.atelier.world.scene.HairColour;
import dev.atelier.world.scene.HairStyle;
import dev.atelier.world.scene.Headwear;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Person;
import dev.atelier.world.scene.PersonKind;
import dev.atelier.world.scene.Pose;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;

/**
 * Writes the pictures of the documentation's example of a LoRA: {@code NewCharacter DIR [COUNT [SIDE]]}. Lumi, a girl with pink braids, a
 * red dress and a yellow crown, in landscapes; each caption is her name and words for the place, none for her looks.
 */
public final class NewCharacter {
    private static final Person LUMI = new Person(
            PersonKind.GIRL,
            Hue.RED,
            new Person.Look(HairStyle.PIGTAILS, HairColour.PINK, Garment.DRESS, Headwear.CROWN, Hue.YELLOW, 1),
            Expression.HAPPY,
            Pose.STANDING,
            Side.CENTRE);

    private NewCharacter() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        int count = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        int side = args.length > 2 ? Integer.parseInt(args[2]) : 512;
        WorldConfig simple = WorldConfig.simple();
        World world = World.of(new WorldConfig(
                Map.of(Family.CHARACTER, 1.0),
                Map.of(Style.SOFT, 1.0),
                simple.captionForms(),
                0,
                Set.of(),
                simple.maxThings(),
                List.of()));
        int written = 0;
        for (long seed = 1; written < count; seed++) {
            Scene scene = world.scene(seed);
            if (scene.setting() instanceof Landscape && scene.subjects().getFirst() instanceof Person other) {
                Scene withLumi = scene.withSubjects(List.of(LUMI.with(other.pose())));
                Caption place =
                        Captioner.caption(scene.withSubjects(List.of()), Language.ENGLISH, CaptionForm.SENTENCE, seed);
                String name = "%02d".formatted(++written);
                ImageIO.write(
                        SceneRenderer.render(withLumi, side, side).toImage(),
                        "png",
                        folder.resolve(name + ".png").toFile());
                Files.writeString(folder.resolve(name + ".txt"), "Lumi. " + place.text());
            }
        }
    }
}
