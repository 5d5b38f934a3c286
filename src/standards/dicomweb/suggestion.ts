import { attributeOf, attributeTags } from "#standards/dicom";

/** The word that differs least, in two places of ten at most; undefined when none is near. Keywords of DICOM, and `others`. */
export function suggestion(word: string, others: readonly string[] = []): string | undefined {
  const wanted = word.toLowerCase();
  if (wanted.length < 3 || wanted.length > 64) return undefined;
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of [...others, ...keywords()]) {
    const most = best === undefined ? Math.max(1, Math.floor(wanted.length / 5)) : best.distance - 1;
    if (most < 0) break;
    const distance = distanceWithin(wanted, name.toLowerCase(), most);
    if (distance !== undefined) best = { name, distance };
  }
  return best?.name;
}

let known: readonly string[] | undefined;

function keywords(): readonly string[] {
  known ??= attributeTags().flatMap((tag) => attributeOf(tag)?.keyword ?? []);
  return known;
}

/** How many letters have to be added, left out, changed or exchanged with the next; undefined above `most`. */
function distanceWithin(one: string, other: string, most: number): number | undefined {
  if (Math.abs(one.length - other.length) > most) return undefined;
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const isSame = one[at - 1] === other[to - 1];
      let cost = Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, (row[to - 1] ?? 0) + (isSame ? 0 : 1));
      const isExchanged = at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1];
      if (isExchanged) cost = Math.min(cost, (before[to - 2] ?? 0) + 1);
      next.push(cost);
    }
    if (Math.min(...next) > most) return undefined;
    before = row;
    row = next;
  }
  const distance = row[other.length] ?? 0;
  return distance <= most ? distance : undefined;
}
