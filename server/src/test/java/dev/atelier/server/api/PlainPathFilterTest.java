package dev.atelier.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainPathFilterTest {
    @ParameterizedTest
    @CsvSource({
        "/v1//images/generations, /v1/images/generations",
        "//v1/images/generations/, /v1/images/generations",
        "/api/v1/model/generateImage//, /api/v1/model/generateImage",
        "/api//v3///images/edits, /api/v3/images/edits",
        "/public/v1//balance, /public/v1/balance",
        "/v1/models/bytedance%2Fseedream-v4.5, /v1/models/bytedance%2Fseedream-v4.5",
        "/v1/, /v1",
        "/, /",
        "/swagger-ui/, /swagger-ui/",
        "//evil.example/v1, //evil.example/v1",
        "/outputs//a.png, /outputs//a.png"
    })
    void slashesTooManyAreLeftOutBelowTheRootsOfTheApi(String sent, String plain) {
        assertThat(PlainPathFilter.plain(sent)).isEqualTo(plain);
    }
}
