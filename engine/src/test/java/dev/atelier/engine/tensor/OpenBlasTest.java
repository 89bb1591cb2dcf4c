package dev.atelier.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenBlasTest {
    private int before;

    @BeforeEach
    void twoThreads() {
        before = openblas_nolapack.blas_get_num_threads();
        openblas_nolapack.blas_set_num_threads(2);
    }

    @AfterEach
    void asBefore() {
        openblas_nolapack.blas_set_num_threads(before);
    }

    @Test
    void holdsOneThreadUntilTheOutermostWorkEnds() {
        int inside = OpenBlas.onOneThread(() -> {
            OpenBlas.onOneThread(() -> 0);
            return openblas_nolapack.blas_get_num_threads();
        });

        assertThat(inside).isEqualTo(1);
        assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(2);
    }

    @Test
    void givesTheThreadsBackWhenWorkFails() {
        assertThatThrownBy(() -> OpenBlas.onOneThread(() -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(2);
    }
}
