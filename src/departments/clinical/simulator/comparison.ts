import { limits } from "#kernel";
import { readMessage, readPath } from "#standards/hl7v2";
import { compareMessages, type Difference } from "./compare-messages.ts";
import { type FieldMask, maskedParts } from "./field-mask.ts";

export interface NamedBody {
  /** Its file, or where it came in. */
  readonly name: string;
  readonly body: Uint8Array;
}

/** What came out, beside what was expected. */
export interface Comparison {
  readonly expected: number;
  readonly received: number;
  readonly equal: number;
  readonly different: number;
  readonly missing: number;
  readonly unexpected: number;
  /** Each message that is not as expected, at most `limits.simulatorMismatchesMax`; the counts are of all. */
  readonly mismatches: readonly Mismatch[];
}

export interface Mismatch {
  readonly is: "different" | "missing" | "unexpected";
  /** The expected message, or the one that came unexpected. */
  readonly name: string;
  /** `ORU^R01`. */
  readonly type: string;
  readonly controlId: string;
  readonly differences: readonly Difference[];
}

/**
 * Pairs what was expected with what came out: by MSH-10 where that is compared; else by type, patient, order and visit;
 * what is left by type and patient; always in their order. Then compares each pair field by field.
 */
export function compareOutputs(
  expected: readonly NamedBody[],
  received: readonly NamedBody[],
  masks: readonly FieldMask[],
): Comparison {
  const { pairs, missing, unexpected } = pair(expected.map(keyed), received.map(keyed), masks);
  const compared = pairs.map(([one, other]) => ({ one, differences: compareMessages(one.body, other.body, masks) }));
  const different = compared.filter(({ differences }) => differences.length > 0);
  const mismatches: readonly Mismatch[] = [
    ...different.map(({ one, differences }) => mismatchOf("different", one, differences)),
    ...missing.map((one) => mismatchOf("missing", one)),
    ...unexpected.map((one) => mismatchOf("unexpected", one)),
  ];
  return {
    expected: expected.length,
    received: received.length,
    equal: pairs.length - different.length,
    different: different.length,
    missing: missing.length,
    unexpected: unexpected.length,
    mismatches: mismatches.slice(0, limits.simulatorMismatchesMax),
  };
}

interface Keyed extends NamedBody {
  readonly type: string;
  readonly controlId: string;
  readonly patient: string;
  readonly order: string;
}

function keyed(named: NamedBody): Keyed {
  const message = readMessage(named.body);
  const at = (path: string) => readPath(message, path)?.raw ?? "";
  return {
    ...named,
    type: at("MSH-9"),
    controlId: at("MSH-10"),
    patient: at("PID-3"),
    order: ["ORC-2", "OBR-2", "OBR-3", "PV1-19", "OBR-25"].map(at).join("|"),
  };
}

interface Paired {
  readonly pairs: readonly (readonly [expected: Keyed, received: Keyed])[];
  readonly missing: readonly Keyed[];
  readonly unexpected: readonly Keyed[];
}

function pair(expected: readonly Keyed[], received: readonly Keyed[], masks: readonly FieldMask[]): Paired {
  const isNumbered = maskedParts(masks, "MSH", 10) !== "all";
  const keys: readonly ((one: Keyed) => string)[] = [
    ...(isNumbered ? [({ controlId }: Keyed) => controlId] : []),
    ({ type, patient, order }) => `${type} ${patient} ${order}`,
    ({ type, patient }) => `${type} ${patient}`,
  ];
  let [missing, unexpected] = [expected, received];
  const pairs: (readonly [Keyed, Keyed])[] = [];
  for (const key of keys) {
    const waiting = Map.groupBy(unexpected, key);
    const matched = new Map(
      missing.flatMap((one) => {
        const other = waiting.get(key(one))?.shift();
        return other === undefined ? [] : [[one, other] as const];
      }),
    );
    pairs.push(...matched);
    const taken = new Set(matched.values());
    missing = missing.filter((one) => !matched.has(one));
    unexpected = unexpected.filter((one) => !taken.has(one));
  }
  return { pairs, missing, unexpected };
}

function mismatchOf(
  is: Mismatch["is"],
  { name, type, controlId }: Keyed,
  differences: readonly Difference[] = [],
): Mismatch {
  return { is, name, type, controlId, differences };
}
