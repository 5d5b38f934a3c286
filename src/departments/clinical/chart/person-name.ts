import type { HumanName } from "#standards/fhir";

/** Order in which the names of a patient are chosen for the banner. */
const usesForDisplay: readonly (HumanName["use"] | undefined)[] = ["usual", "official", undefined, "temp", "nickname"];

/** The name to show; of names out of use only when there is no other. Undefined for a patient without a name. */
export function displayName(names: readonly HumanName[] | undefined): HumanName | undefined {
  const all = names ?? [];
  for (const use of usesForDisplay) {
    const found = all.find((name) => name.use === use && name.period?.end === undefined);
    if (found !== undefined) return found;
  }
  return all[0];
}

/**
 * `OSEI, Adaeze (Mrs)`: family name in capitals, given names and title in title case, the title without a full stop.
 * A name that was only sent as text stays as it is. Source: NHS CUI Patient Name Input and Display 2.1.
 */
export function bannerName(name: HumanName): string {
  const family = name.family?.trim().toLocaleUpperCase("en-GB") ?? "";
  const given = (name.given ?? []).map(titleCase).join(" ").trim();
  const title = (name.prefix ?? [])
    .map((prefix) => titleCase(prefix.replace(/\.$/, "")))
    .join(" ")
    .trim();
  const parts = [family, given].filter((part) => part !== "").join(", ");
  if (parts === "") return name.text ?? "Name not recorded";
  return title === "" ? parts : `${parts} (${title})`;
}

/** `Dr Ingrid Lindqvist`: for staff. Undefined where the name says nothing. */
export function plainName(name: HumanName): string | undefined {
  if (name.text !== undefined) return name.text;
  const parts = [...(name.prefix ?? []), ...(name.given ?? []), name.family ?? "", ...(name.suffix ?? [])];
  const text = parts.filter((part) => part !== "").join(" ");
  return text === "" ? undefined : text;
}

/** Only a word all in capitals or all in small letters is changed: `MacLeod` and `de` in mixed names are left. */
function titleCase(words: string): string {
  return words.replace(/[\p{L}\p{M}]+/gu, (word) =>
    word.length > 1 && word === word.toLocaleUpperCase("en-GB") ? capitalised(word) : upperFirst(word),
  );
}

function capitalised(word: string): string {
  return upperFirst(word.toLocaleLowerCase("en-GB"));
}

function upperFirst(word: string): string {
  return word.charAt(0).toLocaleUpperCase("en-GB") + word.slice(1);
}
