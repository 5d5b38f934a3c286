import { z } from "zod";
import { type KindDefinition, noEntries } from "#record";
import { checkBy, type Stored } from "../identity/document-schema.ts";

const time = z.iso.datetime();

/** What somebody says of their own relationship to a patient. The hospital's own documents say the rest. */
export const relationshipSchema = z.object({
  /** `claimed`: they care for the patient; `break-glass`: they opened what is closed; `registered`: they wrote the Patient. */
  basis: z.enum(["claimed", "break-glass", "registered"]),
  /** `User/3f…` */
  actor: z.string().min(1),
  actorName: z.string(),
  /** `Patient/1` */
  patient: z.string().regex(/^Patient\/[A-Za-z0-9\-.]{1,64}$/),
  reason: z.object({ code: z.string().max(64), text: z.string().max(2_000) }),
  from: time,
  until: time,
  /** Present in the queue of the privacy officer. */
  review: z
    .object({
      state: z.enum(["open", "done"]),
      /** What is more urgent comes first: 3 for a broken glass, 1 for a claim. */
      weight: z.number().int(),
      outcome: z.enum(["appropriate", "needs-inquiry", "breach"]).optional(),
      note: z.string().max(2_000).optional(),
      by: z.string().optional(),
      byName: z.string().optional(),
      at: time.optional(),
    })
    .optional(),
});

export type Relationship = Readonly<z.infer<typeof relationshipSchema>>;
export type StoredRelationship = Stored<Relationship>;

export const relationshipKind: KindDefinition = {
  kind: "Relationship",
  check: checkBy("Relationship", relationshipSchema),
  index: (body) => {
    const { basis, actor, patient, until, review } = relationshipSchema.parse(body);
    const untilMs = Date.parse(until);
    return {
      ...noEntries,
      references: [`patient=${patient}`],
      keys: [`actor=${actor}`, `basis=${basis}`, ...(review === undefined ? [] : [`review=${review.state}`])],
      dates: [{ parameter: "until", fromMs: untilMs, toMs: untilMs + 1 }],
      numbers: review === undefined ? [] : [{ parameter: "weight", low: review.weight, high: review.weight }],
    };
  },
};
