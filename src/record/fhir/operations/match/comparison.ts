import { isAlike } from "./similarity.ts";
import type { Traits } from "./traits.ts";

/** How one trait of two people compares. `different` is only said where both have it. */
export type Agreement = "same" | "alike" | "part" | "different" | "unknown";

export type TraitName = "identifier" | "family" | "given" | "birthDate" | "gender" | "address" | "telecom";

export type Comparison = Readonly<Record<TraitName, Agreement>>;

/** Compares two people trait by trait; the order of the two makes no difference. */
export function compare(one: Traits, other: Traits): Comparison {
  const straight = { family: familyAgreement(one, other), given: givenAgreement(one.givens, other.givens) };
  return {
    identifier: identifierAgreement(one, other),
    ...(isSwapped(one, other) ? ({ family: "alike", given: "alike" } as const) : straight),
    birthDate: birthAgreement(one.birthDate, other.birthDate),
    gender:
      one.gender === undefined || other.gender === undefined
        ? "unknown"
        : sameOr(one.gender === other.gender, "different"),
    address: addressAgreement(one, other),
    telecom: telecomAgreement(one.telecoms, other.telecoms),
  };
}

function sameOr(isSame: boolean, otherwise: Agreement): Agreement {
  return isSame ? "same" : otherwise;
}

function shares(one: readonly string[], other: readonly string[]): boolean {
  return one.some((text) => other.includes(text));
}

/** Different, where both have identifiers of one system and none in common. */
function identifierAgreement(one: Traits, other: Traits): Agreement {
  const keys = other.identifiers.map(({ system, value }) => `${system}|${value}`);
  if (one.identifiers.some(({ system, value }) => keys.includes(`${system}|${value}`))) return "same";
  const systems = other.identifiers.map(({ system }) => system);
  return one.identifiers.some(({ system }) => system !== "" && systems.includes(system)) ? "different" : "unknown";
}

function familyAgreement({ families: one }: Traits, { families: other }: Traits): Agreement {
  if (one.length === 0 || other.length === 0) return "unknown";
  if (shares(one, other)) return "same";
  if (one.some((name) => other.some((each) => isAlike(name, each)))) return "alike";
  // Of a double name, one half may be missing.
  const halves = (names: readonly string[]) =>
    names.flatMap((name) => name.split(/[- ]/)).filter(({ length }) => length > 2);
  return shares(halves(one), halves(other)) ? "part" : "different";
}

function givenAgreement(one: readonly string[], other: readonly string[]): Agreement {
  const [first] = one;
  const [second] = other;
  if (first === undefined || second === undefined) return "unknown";
  if (first === second) return "same";
  if (isAlike(first, second)) return "alike";
  const isShort = first.startsWith(second) || second.startsWith(first);
  return isShort || shares(one, other) ? "part" : "different";
}

/** Family and given name in each other's place. */
function isSwapped(one: Traits, other: Traits): boolean {
  if (shares(one.families, other.families)) return false;
  return shares(one.families, other.givens.slice(0, 1)) && shares(other.families, one.givens.slice(0, 1));
}

/** Alike, where day and month stand in each other's place, or one digit is another. */
function birthAgreement(one: string | undefined, other: string | undefined): Agreement {
  if (one === undefined || other === undefined) return "unknown";
  if (one === other) return "same";
  const length = Math.min(one.length, other.length);
  if (length < 10) return one.slice(0, length) === other.slice(0, length) ? "part" : "different";
  if (swappedDate(one) === other) return "alike";
  const wrong = [...one].filter((digit, at) => digit !== other[at]);
  if (wrong.length === 1) return "alike";
  return one.slice(0, 4) === other.slice(0, 4) ? "part" : "different";
}

/** `1957-03-04` for `1957-04-03`. */
export function swappedDate(date: string): string {
  return `${date.slice(0, 4)}-${date.slice(8, 10)}-${date.slice(5, 7)}`;
}

function addressAgreement(one: Traits, other: Traits): Agreement {
  const [isLine, isPostcode] = [shares(one.lines, other.lines), shares(one.postcodes, other.postcodes)];
  if (isLine && isPostcode) return "same";
  if (isLine || isPostcode) return "alike";
  const areKnown = one.postcodes.length > 0 && other.postcodes.length > 0;
  return areKnown ? "different" : "unknown";
}

function telecomAgreement(one: readonly string[], other: readonly string[]): Agreement {
  return shares(one, other) ? "same" : "unknown";
}
