import type { Received } from "#imaging";
import type { JsonObject, Problem, Result } from "#kernel";

/** What became of one object of a store request. */
export interface StoredOutcome {
  /** As far as it is known. */
  readonly sopClass: string | undefined;
  readonly instance: string | undefined;
  readonly result: Result<Received>;
}

/** Failure Reason by the code of the problem. Source: PS3.18 Table I.2-2; PS3.7 §C.5. */
const reasons: Readonly<Record<string, number>> = {
  "not-dicom": 0xc000,
  "multipart-cut-short": 0xc000,
  "model-invalid": 0xc000,
  "deflate-invalid": 0xc000,
  "uid-missing": 0xa900,
  "uid-invalid": 0xa900,
  "uid-differs": 0xa900,
  "instance-differs": 0x0111,
  "series-elsewhere": 0x0111,
  "images-receiving-full": 0xa700,
  "image-store-unavailable": 0xa700,
  "transfer-syntax-unknown": 0xc122,
  "kind-forbidden": 0x0124,
};

function failureReason({ code, category }: Problem): number {
  return reasons[code] ?? (category === "forbidden" ? 0x0124 : 0x0110);
}

/** The answer to a store request as a DICOM JSON object. Source: PS3.18 §10.5.3, Annex I. */
export function storedAnswer(outcomes: readonly StoredOutcome[], urlOf: (received?: Received) => string): JsonObject {
  const stored = outcomes.flatMap(({ result }) => (result.ok ? [result.value] : []));
  const failures = outcomes.filter(({ result }) => !result.ok);
  const named = failures.filter(({ instance }) => instance !== undefined);
  const unnamed = failures.filter(({ instance }) => instance === undefined);
  const studies = new Set(stored.map(({ study }) => study));
  const [first] = stored;
  return {
    "00080005": { vr: "CS", Value: ["ISO_IR 192"] },
    ...(studies.size === 1 && first !== undefined
      ? { "00081190": urlValue(urlOf().concat("/studies/", first.study)) }
      : {}),
    ...sequence("00081198", named.map(failureItem)),
    ...sequence(
      "00081199",
      stored.map((received) => ({ ...reference(received), "00081190": urlValue(urlOf(received)) })),
    ),
    ...sequence("0008119A", unnamed.map(failureItem)),
  };
}

function urlValue(url: string): JsonObject {
  return { vr: "UR", Value: [url] };
}

function sequence(key: string, items: readonly JsonObject[]): JsonObject {
  return items.length === 0 ? {} : { [key]: { vr: "SQ", Value: items } };
}

function reference({ sopClass, instance }: Pick<StoredOutcome, "sopClass" | "instance">): JsonObject {
  return {
    ...(sopClass === undefined ? {} : { "00081150": { vr: "UI", Value: [sopClass] } }),
    ...(instance === undefined ? {} : { "00081155": { vr: "UI", Value: [instance] } }),
  };
}

/** The sentence stands beside the number, for people. */
function failureItem({ sopClass, instance, result }: StoredOutcome): JsonObject {
  if (result.ok) return {};
  const [problem] = result.problems;
  const text = problem.where === undefined ? problem.message : `${problem.where}: ${problem.message}`;
  const comment = { "00000902": { vr: "LO", Value: [text] } };
  return {
    ...reference({ sopClass, instance }),
    "00081197": { vr: "US", Value: [failureReason(problem)] },
    "00741048": { vr: "SQ", Value: [comment] },
  };
}

/** Source: PS3.18 Table 10.5.3-1. */
export function storedStatus(outcomes: readonly StoredOutcome[]): number {
  const failures = outcomes.filter(({ result }) => !result.ok).length;
  if (failures === 0) return 200;
  return failures === outcomes.length ? 409 : 202;
}
