import { type Instant, limits, ok, type Result } from "#kernel";
import { keyText, type Version } from "../../../documents/document.ts";
import type { HealthRecord } from "../../../health-record.ts";
import { inParallel } from "../../bundle/in-parallel.ts";
import { readSearch } from "../../search/search-request.ts";
import { swappedDate } from "./comparison.ts";
import type { Traits } from "./traits.ts";

/** Identifiers and telephone numbers that are looked for, the first ones. */
const valuesMax = 20;

/**
 * Everybody who has enough in common with somebody to be worth comparing, each found by an index: the same identifier,
 * the same date of birth (or with day and month exchanged), or a name together with a part of another trait. Nobody
 * twice. Problems: those of a search.
 */
export async function comparable(
  traits: Traits,
  { record, now }: { readonly record: HealthRecord; readonly now: Instant },
): Promise<Result<readonly Version[]>> {
  const found = new Map<string, Version>();
  const pages = await inParallel(blocksOf(traits), (block) => {
    const parameters = new URLSearchParams([...block, ["_count", String(limits.matchBlockMax)]] as [string, string][]);
    const request = readSearch({ type: "Patient", parameters, base: undefined, now, isLenient: false });
    return request.ok ? record.search(request.value.query) : Promise.resolve(request);
  });
  for (const page of pages) {
    if (!page.ok) return page;
    for (const version of page.value.versions) found.set(keyText(version), version);
  }
  return ok([...found.values()]);
}

type Block = readonly (readonly [parameter: string, value: string])[];

/** Searches, each narrow by itself. */
function blocksOf(traits: Traits): readonly Block[] {
  return [...valueBlocks(traits), ...birthBlocks(traits), ...nameBlocks(traits)];
}

function valueBlocks({ identifiers, writtenTelecoms }: Traits): readonly Block[] {
  const values = identifiers.slice(0, valuesMax).map(({ system, value }) => `${escaped(system)}|${escaped(value)}`);
  const telecoms = writtenTelecoms.slice(0, valuesMax).map(escaped);
  return [
    ...(values.length > 0 ? [[["identifier", values.join(",")]] as const] : []),
    ...(telecoms.length > 0 ? [[["telecom", telecoms.join(",")]] as const] : []),
  ];
}

/** The whole date; and its year with the beginning of a name. */
function birthBlocks({ birthDate, families, givens }: Traits): readonly Block[] {
  if (birthDate === undefined) return [];
  const isOther = birthDate.length === 10 && Number(birthDate.slice(8)) <= 12 && swappedDate(birthDate) !== birthDate;
  const dates = isOther ? `${birthDate},${swappedDate(birthDate)}` : birthDate;
  const beginnings = beginningsOf([...families, ...givens.slice(0, 1)], 3);
  const byYear = [["name", beginnings] as const, ["birthdate", birthDate.slice(0, 4)] as const];
  return [
    ...(birthDate.length === 10 ? [[["birthdate", dates]] as const] : []),
    ...(beginnings === "" ? [] : [byYear]),
  ];
}

function nameBlocks({ families, givens: [given], postcodes }: Traits): readonly Block[] {
  const blocks: Block[] = [];
  const whole = families.map(escaped).join(",");
  if (whole !== "" && given !== undefined) {
    const beginning = [["family", whole] as const, ["given", escaped(given.slice(0, 2))] as const];
    const inEachOthersPlace = [["family", escaped(given)] as const, ["given", whole] as const];
    blocks.push(beginning, inEachOthersPlace);
  }
  const beginnings = beginningsOf([...families, ...(given === undefined ? [] : [given])], 2);
  if (postcodes.length > 0 && beginnings !== "") {
    blocks.push([["address-postalcode", postcodesOf(postcodes).join(",")] as const, ["name", beginnings] as const]);
  }
  return blocks;
}

function beginningsOf(names: readonly string[], length: number): string {
  return names.map((name) => escaped(name.slice(0, length))).join(",");
}

/** As they may be written: together, or with the space of a British one before its last three characters. */
function postcodesOf(postcodes: readonly string[]): readonly string[] {
  return postcodes.flatMap((code) => [escaped(code), `${escaped(code.slice(0, -3))} ${escaped(code.slice(-3))}`]);
}

/** Source: FHIR R4 §3.1.1.4.0.2 (escaping search parameters). */
function escaped(text: string): string {
  return text.replace(/[\\,|$]/g, "\\$&");
}
