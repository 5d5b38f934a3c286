import { z } from "zod";
import { listOf, matching, name, objectOf, text } from "./settings-fields.ts";

const because = text("why, in a few words");

const cells = {
  from: text("the field, such as PID-10").exactOptional(),
  type: text("its data type, such as CWE").exactOptional(),
  using: text("a data type map, such as CWE[CodeableConcept]").exactOptional(),
  codes: text("a table of codes, such as AdministrativeSex").exactOptional(),
  assign: text("what is assigned").exactOptional(),
  when: text("a condition, such as PID-10 VALUED").exactOptional(),
};

const to = text("an element, such as maritalStatus");

const layerRow = z.union(
  [
    z.strictObject({ off: text("a row, such as PID[Patient]#24"), because }),
    z.strictObject({ replace: text("a row"), with: z.strictObject({ ...cells, to: to.exactOptional() }), because }),
    z.strictObject({ add: text("a map, such as PID[Patient]"), row: z.strictObject({ ...cells, to }), because }),
    z.strictObject({
      translate: text("a table of codes, such as AdministrativeSex"),
      from: text("the code as it is sent"),
      as: z.strictObject({
        code: text("what it means"),
        system: text("its code system").exactOptional(),
        display: text("what people call it").exactOptional(),
      }),
      because,
    }),
  ],
  { error: "give a row: off, replace with with, add with row, or translate with from and as; and because" },
);

/** `mappings/<name>.json`: rows that go before those of the layers below. */
export const mappingLayerSchema = objectOf(
  { name, rows: listOf(layerRow, "rows", 20_000).default([]) },
  "a layer of mapping rows: rows",
);

const code = text("a code");

/** `codes/<name>.json`: what a sender's own codes mean in a system that others know. */
export const codeTableSchema = objectOf(
  {
    name,
    title: text("what people call it, in a few words"),
    /** Whose codes they are, as the page of unknown codes names it: MSH-3.1 and MSH-4.1; `*`: every sender's. */
    sender: text("the sender, such as PATHLAB|MEADOWLAB (MSH-3 and MSH-4), or * for every sender"),
    /** The coding system as the sender writes it: `L`; `units`: what is in OBX-6. */
    from: text("the name of the coding system in messages, such as L, or units for those of OBX-6"),
    /** Its URI: `http://loinc.org`. */
    to: matching(/^[a-z][a-z0-9+.-]*:\S+$/, "the URI of a code system, such as http://loinc.org"),
    rows: listOf(
      objectOf(
        {
          from: code,
          to: code,
          display: text("what the code means").exactOptional(),
          because: because.exactOptional(),
        },
        "a row: from, to, display, because",
      ),
      "rows",
      50_000,
    ),
  },
  "a table of codes: title, sender, from, to, rows",
);

export type CodeTable = Readonly<z.infer<typeof codeTableSchema>>;
