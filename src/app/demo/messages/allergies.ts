import { randomOf, seedOf } from "../random.ts";
import type { Story } from "../story/story.ts";
import { segment } from "./segment.ts";

/** SNOMED CT code, what it is called, kind (HL7 table 0127), severity (0128), reactions. */
const known = [
  ["91936005", "Allergy to penicillin", "DA", "SV", ["Anaphylaxis"]],
  ["91936005", "Allergy to penicillin", "DA", "MO", ["Rash"]],
  ["91939003", "Allergy to sulfonamide", "DA", "MO", ["Widespread rash"]],
  ["293586001", "Allergy to aspirin", "DA", "MO", ["Wheeze"]],
  ["91935009", "Allergy to peanut", "FA", "SV", ["Anaphylaxis", "Swelling of lips"]],
  ["91930004", "Allergy to eggs", "FA", "MI", ["Urticaria"]],
  ["300913006", "Allergy to shellfish", "FA", "MO", ["Urticaria"]],
] as const;

const none = ["716186003", "No known allergy", "DA", "U", []] as const;

/** AL1 of a person: of most that there is none known, of a few nothing at all. */
export function allergiesOf({ person }: Story): readonly string[] {
  const random = randomOf(seedOf(person.seed, "allergies"));
  const share = random.next();
  if (share < 0.12) return [];
  const first = random.pick(known);
  const second = random.pick(known);
  const chosen = share < 0.7 ? [none] : share < 0.95 || second[0] === first[0] ? [first] : [first, second];
  return chosen.map(([code, name, kind, severity, reactions], at) =>
    segment("AL1", { 1: String(at + 1), 2: kind, 3: `${code}^${name}^SCT`, 4: severity, 5: reactions.join("~") }),
  );
}
