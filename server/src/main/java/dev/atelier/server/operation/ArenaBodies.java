package dev.atelier.server.operation;

import java.util.Map;

/** Schemas of what is posted to the arena, by the last part of the path. */
final class ArenaBodies {
    static final Map<String, String> SCHEMAS = Map.of(
            "vote", """
            {"type": "object", "additionalProperties": false, "required": ["token", "choice"], "properties": {
             "token": {"type": "string", "description": "That came with the battle."},
             "choice": {"type": "string", "enum": ["left", "right", "tie", "both_bad"]}}}""",
            "contenders", """
            {"type": "object", "additionalProperties": false, "required": ["model"], "properties": {
             "name": {"type": "string", "maxLength": 80, "description": "Made of the rest when it is not given."},
             "model": {"type": "string", "description": "A model or an alias of the catalog."},
             "loras": {"type": "array", "maxItems": 0, "items": {"type": "string"},
              "description": "None: a LoRA is merged into a model first."},
             "steps": {"type": "integer", "minimum": 0, "maximum": 200, "description": "0: the model's own."},
             "guidance_scale": {"type": "number", "minimum": -1, "maximum": 100, "description": "-1: the model's own."},
             "precision": {"type": "string", "description": "Must be the model's."},
             "expansion": {"type": "boolean", "default": true}}}""",
            "prompts", """
            {"type": "object", "additionalProperties": false, "properties": {
             "text": {"type": "string", "maxLength": 4000},
             "task": {"type": "string", "enum": ["text-to-image", "edit", "sequence"]},
             "category": {"type": "string", "maxLength": 40},
             "images": {"type": "integer", "minimum": 1, "maximum": 15},
             "image": {"type": "string", "description": "What an edit starts from: URL, data URI or base64."},
             "prediction": {"type": "string", "description": "An order of one's own, in place of text and image."}}}""",
            "promotions", """
            {"type": "object", "additionalProperties": false, "required": ["alias", "to", "facts_before", "facts_after"],
             "properties": {
             "alias": {"type": "string"},
             "to": {"type": "string", "description": "The contender whose model the alias gets."},
             "from": {"type": "string", "description": "The contender that stands for what it has."},
             "margin": {"type": "number", "minimum": 0, "maximum": 1000},
             "facts_before": {"type": "number", "minimum": 0, "maximum": 1},
             "facts_after": {"type": "number", "minimum": 0, "maximum": 1}}}""");

    private ArenaBodies() {}
}
