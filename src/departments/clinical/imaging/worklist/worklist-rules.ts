import { z } from "zod";
import { failed, incorrect, ok, type Result } from "#kernel";

/** AE: up to 16 characters without a backslash. Source: PS3.5 Table 6.2-1. */
const aeTitle = z.string().regex(/^[\x20-\x5b\x5d-\x7e]{1,16}$/);

const ruleSchema = z.strictObject({
  /** Every one that is given must hold; several values of one mean any of them. */
  when: z.strictObject({
    /** Codes of the order's category: HL7 table 0074 (`CT`), DICOM modalities, SNOMED CT. */
    categories: z.array(z.string()).optional(),
    /** Codes of what is ordered. */
    codes: z.array(z.string()).optional(),
    /** Beginnings of such codes. */
    codesBeginning: z.array(z.string()).optional(),
    priorities: z.array(z.enum(["routine", "urgent", "asap", "stat"])).optional(),
  }),
  modality: z.string().regex(/^[A-Z]{2,16}$/),
  stationAe: aeTitle,
  stationName: z.string().max(16).optional(),
  location: z.string().max(16).optional(),
});

const rulesSchema = z.strictObject({
  /** The first that fits decides; an imaging order that none fits is on the worklist of no station, as modality OT. */
  rules: z.array(ruleSchema).max(500),
});

/** Which room does what was ordered. */
export type WorklistRule = z.infer<typeof ruleSchema>;

/** Where nobody has said otherwise: a room for each section of HL7 table 0074, and for each modality of DICOM. */
export const usualWorklistRules: readonly WorklistRule[] = [
  usual(["XMAMB", "MG"], "MG", "MAMMO1"),
  usual(["CT"], "CT", "CT1"),
  usual(["NMR", "MR"], "MR", "MR1"),
  usual(["CUS", "US", "RUS", "OUS", "VUS"], "US", "ECHO1"),
  usual(["NMS", "NM"], "NM", "NM1"),
  usual(["PT"], "PT", "PET1"),
  usual(["RX", "CR", "DX", "RAD", "XRC"], "CR", "XR1"),
];

function usual([first = "", ...others]: readonly string[], modality: string, stationAe: string): WorklistRule {
  const isCode = first.length > 3;
  return { when: isCode ? { codes: [first] } : { categories: [first, ...others] }, modality, stationAe };
}

/** From the JSON of a file. Problem: incorrect `worklist-rules-invalid`, with the place that is wrong. */
export function readWorklistRules(text: string): Result<readonly WorklistRule[]> {
  const read = rulesSchema.safeParse(parsed(text));
  if (read.success) return ok(read.data.rules);
  const [issue] = read.error.issues;
  const where = issue?.path.join(".") ?? "";
  const message = `The rules of the worklist are not sound${where === "" ? "" : ` at ${where}`}: ${issue?.message ?? "no JSON"}.`;
  return failed(incorrect("worklist-rules-invalid", message, { where }));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
