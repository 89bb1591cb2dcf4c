package dev.atelier.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.Test;

class EulerSolverTest {
    private static final List<Double> SIGMAS = List.of(1.0, 0.7, 0.45, 0.1, 0.0);
    private static final float[] START = {1, -2, 0.5f, 3};
    private static final float[] CLEAN = {0.2f, 0.4f, -1, 0};

    @Test
    void aLinearEquationIsSolvedAsItsClosedFormSays() {
        double rate = 1.5;

        float[] end = solve((x, _) -> x.mul(new Scalar(rate)), EulerSolver.Constraint.NONE, SIGMAS);

        // dx/dsigma = a x: each step multiplies by 1 + a (sigma' - sigma).
        double factor = (1 - rate * 0.3) * (1 - rate * 0.25) * (1 - rate * 0.35) * (1 - rate * 0.1);
        for (int i = 0; i < START.length; i++) {
            assertThat((double) end[i]).isCloseTo(START[i] * factor, within(1e-6));
        }
    }

    @Test
    void smallerStepsComeNearerToTheExponential() {
        List<Double> fine = new ArrayList<>();
        for (int i = 0; i <= 1000; i++) {
            fine.add(1 - i / 1000.0);
        }

        float[] end = solve((x, _) -> x, EulerSolver.Constraint.NONE, fine);

        assertThat((double) end[0]).isCloseTo(Math.exp(-1), within(3e-4));
    }

    @Test
    void aModelThatAlwaysPredictsTheSameCleanLatentsEndsAtThemInAnyNumberOfSteps() {
        for (List<Double> sigmas : List.of(List.of(1.0, 0.0), SIGMAS)) {
            float[] end = solve(
                    (x, sigma) -> EulerSolver.velocity(x, Tensors.of(CLEAN, 1, 4), sigma),
                    EulerSolver.Constraint.NONE,
                    sigmas);

            for (int i = 0; i < CLEAN.length; i++) {
                assertThat((double) end[i]).isCloseTo(CLEAN[i], within(1e-6));
            }
        }
    }

    @Test
    void nearZeroTheLevelIsBounded() {
        Scopes.run(() -> assertThat(Tensors.toFloats(
                        EulerSolver.velocity(Tensors.of(new float[] {1}, 1), Tensors.of(new float[] {0.5f}, 1), 0.001)))
                .containsExactly(10f));
    }

    @Test
    void theConstraintSeesTheLevelThatWasReachedAndTheObserverEveryStep() {
        List<Double> reached = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        Scopes.run(() -> EulerSolver.solve(
                Tensors.of(START, 1, 4),
                SIGMAS,
                (x, _) -> x,
                (x, sigma) -> {
                    reached.add(sigma);
                    return x.mul(new Scalar(0.0)).add(new Scalar(sigma));
                },
                (step, x) -> seen.add(step + " " + Tensors.toFloats(x)[0])));

        assertThat(reached).containsExactly(0.7, 0.45, 0.1, 0.0);
        assertThat(seen).containsExactly("1 0.7", "2 0.45", "3 0.1", "4 0.0");
    }

    @Test
    void oneLevelAloneIsNoStep() {
        assertThat(solve((x, _) -> x, EulerSolver.Constraint.NONE, List.of(0.4)))
                .containsExactly(START);
    }

    @Test
    void nothingStaysBehindEvenWhenAStepFails() {
        solve((x, _) -> x, EulerSolver.Constraint.NONE, SIGMAS);
        long before = Pointer.totalCount();

        solve((x, _) -> x, EulerSolver.Constraint.NONE, SIGMAS);
        assertThatThrownBy(() -> solve(
                        (x, sigma) -> {
                            if (sigma < 0.5) {
                                throw new IllegalStateException("stopped");
                            }
                            return x;
                        },
                        EulerSolver.Constraint.NONE,
                        SIGMAS))
                .hasMessage("stopped");

        assertThat(Pointer.totalCount()).isEqualTo(before);
    }

    private static float[] solve(
            EulerSolver.Velocity velocity, EulerSolver.Constraint constraint, List<Double> sigmas) {
        return Scopes.plain(() -> Tensors.toFloats(
                EulerSolver.solve(Tensors.of(START, 1, 4), sigmas, velocity, constraint, EulerSolver.Observer.NONE)));
    }
}
