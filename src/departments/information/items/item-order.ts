import { z } from "zod";
import { stepNames } from "../lists/life.ts";

const line = z.string().trim().min(1).max(200);
const text = z.string().trim().min(1).max(10_000);
const fields = z.record(z.string().max(40), z.string().max(10_000));
const tags = z.array(z.string().trim().min(1).max(40)).max(20);
const version = z.number().int().min(1);
const reference = z.string().regex(/^Patient\/[A-Za-z0-9\-.]{1,64}$/, "This is no reference to a patient");

/** What begins an item. `receivedAt`: when it came, at the latest now. */
export const newItemBody = z.object({
  list: z.string().max(40),
  title: line,
  patient: reference.optional(),
  receivedAt: z.iso.datetime({ offset: true }).optional(),
  fields,
  tags: tags.optional(),
});

export type NewItem = z.infer<typeof newItemBody>;

/** What is done with an item. `version` is the one that was seen: somebody else's change in between is a conflict. */
export const itemOrderBody = z.discriminatedUnion("do", [
  z.object({
    do: z.literal("step"),
    step: z.enum(stepNames),
    version,
    why: text.optional(),
    outcome: z.string().max(40).optional(),
  }),
  z.object({
    do: z.literal("change"),
    version,
    title: line.optional(),
    fields: fields.optional(),
    tags: tags.optional(),
    why: text,
  }),
  /** `mine: false` lets it go. */
  z.object({ do: z.literal("assign"), version, mine: z.boolean() }),
  z.object({ do: z.literal("note"), version, text }),
  z.object({ do: z.literal("check"), version, check: z.string().max(40), isDone: z.boolean() }),
]);

export type ItemOrder = z.infer<typeof itemOrderBody>;
