import { type HospitalTime, toIso } from "#kernel";
import { parseBody, type Version } from "#record";
import type { Observation, ObservationComponent } from "#standards/fhir";
import type { EarlierResult, Result, ResultValue } from "../api.ts";
import { present } from "../messages/present.ts";
import { attachmentViews } from "./attachment.ts";
import { codedText, namedList } from "./coded-text.ts";
import { interpretation } from "./interpretation.ts";
import { outsideRange, referenceRange } from "./reference-range.ts";
import type { ResourceMap } from "./resource-map.ts";
import { resultValue, type ValueSetting } from "./result-value.ts";
import { statusOf } from "./status.ts";

/** What a chart of one patient needs to show Observations: everything they point at, and what they said before. */
export interface ResultSource {
  readonly patientId: string;
  readonly hospitalTime: HospitalTime;
  readonly resources: ResourceMap;
  /** Earlier versions of the Observations that changed, by `Observation/id`, newest first. */
  readonly earlier: ReadonlyMap<string, readonly Version[]>;
}

/** Members of members are shown to this depth; an Observation that is a member of itself ends there. */
const partDepthMax = 4;

export function resultOf(observation: Observation, source: ResultSource, depth = 0): Result {
  const parts = depth < partDepthMax ? partsOf(observation, source, depth) : [];
  const status = statusOf(observation.status);
  return present<Result>({
    ...judged(observation, { hasParts: parts.length > 0, hospitalTime: source.hospitalTime }),
    id: observation.id ?? "",
    status,
    taken: takenAt(observation),
    reported: observation.issued,
    method: codedText(observation.method)?.text,
    performers: namedList(observation.performer, source.resources.nameOf),
    notes: (observation.note ?? []).map((note) => note.text),
    earlier: earlierResults(observation, source),
    version: Number(observation.meta?.versionId ?? 1),
    parts,
    organism: organismOf(observation, parts),
    attachments: attachmentViews(observation, source.patientId),
  });
}

/** When the specimen was taken or the patient measured. */
export function takenAt(observation: Observation): string | undefined {
  return observation.effectiveDateTime ?? observation.effectiveInstant ?? observation.effectivePeriod?.start;
}

/** What an Observation and a component have in common: name, value, and how to judge it. */
export function judged(observation: Observation | ObservationComponent, setting: ValueSetting) {
  const value = resultValue(observation, setting);
  const range = referenceRange(observation.referenceRange, value.unit);
  return {
    name: codedText(observation.code) ?? { text: "Unnamed test" },
    value,
    range: range?.text,
    rangeLow: range?.low?.value,
    rangeHigh: range?.high?.value,
    interpretation: interpretation(observation.interpretation),
    outsideRange: outsideRange(observation.valueQuantity, range),
  };
}

function partsOf(observation: Observation, source: ResultSource, depth: number): readonly Result[] {
  const setting = { hasParts: false, hospitalTime: source.hospitalTime };
  const components = (observation.component ?? []).map((component, at) =>
    componentResult(observation, { ...judged(component, setting), id: `${observation.id ?? ""}.${at + 1}` }),
  );
  const members = (observation.hasMember ?? []).flatMap(({ reference }) => {
    const member = source.resources.get<Observation>("Observation", reference);
    return member === undefined ? [] : [resultOf(member, source, depth + 1)];
  });
  return [...components, ...members];
}

function componentResult(
  observation: Observation,
  judgement: ReturnType<typeof judged> & { readonly id: string },
): Result {
  return present<Result>({
    ...judgement,
    status: statusOf(observation.status),
    performers: [],
    notes: [],
    earlier: [],
    version: Number(observation.meta?.versionId ?? 1),
    parts: [],
    attachments: [],
  });
}

const susceptibilityTones: ReadonlySet<string | undefined> = new Set(["susceptible", "intermediate", "resistant"]);

/** A coded or written value whose parts are sensitivities is the name of what grew. */
function organismOf(observation: Observation, parts: readonly Result[]): string | undefined {
  if (!parts.some(isSusceptibility)) return undefined;
  return codedText(observation.valueCodeableConcept)?.text ?? observation.valueString;
}

/** Flagged `S`, `I` or `R`; some laboratories send the letter as the value. */
function isSusceptibility({ interpretation: flag, value }: Result): boolean {
  return susceptibilityTones.has(flag?.tone) || /^(?:S|I|R|SDD|NS)$/.test(value.text);
}

/** Earlier versions that said something else, newest first; a version that says the same as the one after is left out. */
function earlierResults(observation: Observation, { earlier, hospitalTime }: ResultSource): readonly EarlierResult[] {
  const versions = earlier.get(`Observation/${observation.id}`) ?? [];
  const setting = { hasParts: false, hospitalTime };
  const shown: EarlierResult[] = [];
  let after = versions.length === 0 ? "" : sayingOf(observation, resultValue(observation, setting));
  for (const version of versions) {
    if (version.action === "delete") continue;
    const before = parseBody<Observation>(version);
    const value = resultValue(before, setting);
    const saying = sayingOf(before, value);
    if (saying !== after) shown.push(earlierResult(before, { version, value }));
    after = saying;
  }
  return shown;
}

interface EarlierValue {
  readonly version: Version;
  readonly value: ResultValue;
}

function earlierResult(observation: Observation, { version, value }: EarlierValue): EarlierResult {
  return present<EarlierResult>({
    version: version.version,
    value,
    status: statusOf(observation.status),
    interpretation: interpretation(observation.interpretation),
    recorded: toIso(version.at),
  });
}

function sayingOf(observation: Observation, { kind, text }: ResultValue): string {
  return JSON.stringify([kind, text, observation.status, interpretation(observation.interpretation)?.code]);
}
