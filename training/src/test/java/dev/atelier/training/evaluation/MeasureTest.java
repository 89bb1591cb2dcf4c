package dev.atelier.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Fact;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Labels;
import dev.atelier.world.scene.Time;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTest {
    @Test
    void agreementsAreSharesOfTheCeilingAndDecibelsAreNot() {
        assertThat(new Measure(Part.T2I, "", Measure.Unit.AGREEMENT, 0.6, 0.8, 1).share())
                .isCloseTo(0.75, within(1e-12));
        assertThat(new Measure(Part.EDIT, "", Measure.Unit.DECIBEL, 24, 30, 1).share())
                .isNaN();
        assertThat(new Measure(Part.T2I, "", Measure.Unit.DISTANCE, 2, 1, 1).share())
                .isNaN();
    }

    @Test
    void agreementCountsStatedFactsByGroup() {
        int[] labels = new int[Labels.ASPECTS];
        labels[Aspect.TIME.ordinal()] = Time.NIGHT.ordinal();
        labels[Aspect.COLOUR_1.ordinal()] = Hue.RED.ordinal();
        Reading reading = new Reading(labels, new float[1], new float[Labels.ASPECTS]);
        Agreement agreement = new Agreement();

        agreement.add(
                List.of(
                        new Fact(Aspect.TIME, Time.NIGHT),
                        new Fact(Aspect.COLOUR_1, Hue.RED),
                        new Fact(Aspect.COLOUR_2, Hue.BLUE)),
                reading);

        assertThat(agreement.of(AttributeGroup.SKY).share()).isEqualTo(1);
        assertThat(agreement.of(AttributeGroup.OBJECT_COLOUR).share()).isEqualTo(0.5);
        assertThat(agreement.of(AttributeGroup.PRINT).share()).isNaN();
        assertThat(agreement.all().trials()).isEqualTo(3);
    }

    @Test
    void theCosineIsTakenAfterTheMeanIsTakenAway() {
        float[] mean = {5, 5};

        assertThat(SequencePart.cosine(new float[] {6, 5}, new float[] {7, 5}, mean))
                .isCloseTo(1, within(1e-9));
        assertThat(SequencePart.cosine(new float[] {6, 5}, new float[] {5, 6}, mean))
                .isCloseTo(0, within(1e-9));
    }
}
