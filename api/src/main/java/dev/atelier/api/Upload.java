package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** An uploaded file. Clients read different names for the same things. */
public record Upload(
        @JsonProperty("download_url") String downloadUrl,
        @JsonProperty("file_name") String fileName,
        String filename,
        @JsonProperty("content_type") String contentType,
        String type,
        @JsonPropertyDescription("Bytes.") long size) {
    public Upload(String url, String fileName, String contentType, long size) {
        this(url, fileName, fileName, contentType, contentType, size);
    }

    /** With the URL at the top as well. */
    public record Body(int code, String message, Upload data, String url) {
        public Body(Upload data) {
            this(Answer.OK, Answer.SUCCESS, data, data.downloadUrl());
        }
    }
}
