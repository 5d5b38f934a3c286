import { z } from "zod";
import { listOf, matching, name, objectOf, text } from "./settings-fields.ts";

/** `mappings/<name>.json`: rows that go before those of the layers below. What is in a row is the mapping's affair. */
export const mappingLayerSchema = z.looseObject(
  { name, rows: listOf(z.looseObject({}, { error: "give a row: an object" }), "rows", 20_000).exactOptional() },
  { error: "give a layer of mapping rows" },
);

export type MappingLayer = Readonly<z.infer<typeof mappingLayerSchema>>;

const code = text("a code");

/** `codes/<name>.json`: what a sender's own codes mean in a system that others know. */
export const codeTableSchema = objectOf(
  {
    name,
    title: text("what people call it, in a few words"),
    /** The coding system as the sender writes it: `L`. */
    from: text("the name of the coding system in messages, such as L"),
    /** Its URI: `http://loinc.org`. */
    to: matching(/^[a-z][a-z0-9+.-]*:\S+$/, "the URI of a code system, such as http://loinc.org"),
    rows: listOf(
      objectOf(
        { from: code, to: code, display: text("what the code means").exactOptional() },
        "a row: from, to, display",
      ),
      "rows",
      50_000,
    ),
  },
  "a table of codes: title, from, to, rows",
);

export type CodeTable = Readonly<z.infer<typeof codeTableSchema>>;
