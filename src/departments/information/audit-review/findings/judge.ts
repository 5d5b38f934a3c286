import { anomalyRules, findingWeightMin, type RuleName } from "./rules.ts";

/** What is known of one look at one record. */
export interface Look {
  readonly personName: string;
  readonly patientName: { readonly given: string; readonly family: string };
  /** The patient carries a security label or an alert that asks for special care. */
  readonly isFlagged: boolean;
  /** Names of those who work here. */
  readonly staffNames: ReadonlySet<string>;
  readonly timesUsual: number;
  readonly hourPerCent: number | undefined;
}

export interface Evidence {
  readonly rule: RuleName;
  readonly weight: number;
  /** What was found, where it is a number: how many times the usual, or how many per cent. */
  readonly value?: number;
}

/** What is unusual about a look; empty where it is not enough to trouble anybody with. */
export function judge(look: Look): readonly Evidence[] {
  const { patientName, personName } = look;
  const person = plainName(personName);
  const patient = plainName(`${patientName.given} ${patientName.family}`);
  const isOwn = patient !== "" && person === patient;
  const family = plainName(patientName.family);
  const isSameSurname = !isOwn && family !== "" && (person === family || person.endsWith(` ${family}`));
  const found: Evidence[] = [
    ...met("own-record", isOwn),
    ...met("same-surname", isSameSurname),
    ...met("colleague", !isOwn && look.staffNames.has(patient)),
    ...met("flagged-patient", look.isFlagged),
    ...met("unusual-volume", look.timesUsual >= anomalyRules["unusual-volume"].threshold, look.timesUsual),
    ...met("unusual-hour", (look.hourPerCent ?? 100) <= anomalyRules["unusual-hour"].threshold, look.hourPerCent),
  ];
  const weight = found.reduce((sum, { weight: one }) => sum + one, 0);
  return weight >= findingWeightMin ? found : [];
}

function met(rule: RuleName, isMet: boolean, value?: number): readonly Evidence[] {
  if (!isMet) return [];
  const { weight } = anomalyRules[rule];
  return [value === undefined ? { rule, weight } : { rule, weight, value: Math.round(value * 10) / 10 }];
}

const titles = /^(?:dr|mr|mrs|ms|miss|mx|prof|professor|sir|dame|sister|nurse)\.? +/;

/** Lower case, without accents, titles and signs: `Dr Zoë O'Neill` is `zoe oneill`. */
export function plainName(name: string): string {
  const plain = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\s]/gu, "");
  return plain.replace(titles, "").replace(/\s+/g, " ").trim();
}
