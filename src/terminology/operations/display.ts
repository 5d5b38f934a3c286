import type { Designation } from "#standards/terminology";
import type { Concept } from "../systems/concept.ts";
import type { Listed } from "../value-sets/value-set.ts";

/** Languages in the order of wish, from `de-CH,en;q=0.8`. */
export function wishedLanguages(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  return text
    .split(",")
    .map((part) => (part.split(";")[0] ?? "").trim().toLowerCase())
    .filter((language) => language !== "" && language !== "*");
}

/** How a concept is shown: in a wished language, as the value set says, or as its code system does. */
export function displayOf(concept: Concept, languages: readonly string[], listed?: Listed): string | undefined {
  const designations = [...(listed?.designations ?? []), ...concept.designations];
  for (const language of languages) {
    if (listed?.display === undefined && isOfLanguage(concept, language)) return concept.display;
    const found = designations.find((designation) => isOfLanguage(designation, language));
    if (found !== undefined) return found.value;
  }
  return listed?.display ?? concept.display;
}

/** `de` is also said of `de-AT`. */
function isOfLanguage({ language }: Pick<Designation, "language">, wished: string): boolean {
  const own = language?.toLowerCase();
  return own === wished || own?.startsWith(`${wished}-`) === true;
}

/** Whether a display is one of those of the concept; case and spacing make no difference. */
export function isDisplay(concept: Concept, text: string, listed?: Listed): boolean {
  const wanted = plain(text);
  const known = [listed?.display, concept.display, ...(listed?.designations ?? []).map(({ value }) => value)];
  return (
    known.some((one) => one !== undefined && plain(one) === wanted) ||
    concept.designations.some(({ value }) => plain(value) === wanted)
  );
}

function plain(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}
