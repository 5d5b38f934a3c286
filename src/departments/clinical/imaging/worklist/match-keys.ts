import { fold } from "#imaging";
import { attributeOf, type DataElement, type DataSet, type Tag, tags } from "#standards/dicom";

/**
 * Whether an item of a worklist has what the keys of a query ask for: single values, lists of UIDs, wildcards, ranges, and
 * sequences whose item is matched likewise. Empty keys are met by everything. A key that the item has no value for is not met.
 * Names and texts are compared without case and accents. Source: PS3.4 §C.2.2.2, §K.4.1.1.
 */
export function meetsKeys(keys: DataSet, item: DataSet): boolean {
  const together = meetsMoments(keys, item);
  const isTogether = (tag: Tag) => together !== undefined && momentTags.has(tag);
  const others = keys.elements.filter((key) => !isNoKey(key) && !isTogether(key.tag));
  return together !== false && others.every((key) => meetsKey(key, { keys, item }));
}

const momentTags: ReadonlySet<Tag> = new Set([0x0040_0002, 0x0040_0003]);

interface Question {
  readonly keys: DataSet;
  readonly item: DataSet;
}

/** What says how the query is written. */
function isNoKey({ tag }: DataElement): boolean {
  return tag === tags.characterSet || tag === timezone || tag >>> 16 <= 2;
}

const timezone = 0x0008_0201;

function meetsKey({ tag, vr, content }: DataElement, { keys, item }: Question): boolean {
  if (content.is === "items") {
    const [asked] = keys.items(tag);
    if (asked === undefined || asked.elements.length === 0) return true;
    const there = item.items(tag);
    return isUniversal(asked) || there.some((each) => meetsKeys(asked, each));
  }
  const asked = keys.texts(tag).filter((value) => value !== "");
  if (asked.length === 0) return true;
  const kind = attributeOf(tag)?.vr ?? vr;
  const there = item.texts(tag);
  return there.some((value) => asked.some((one) => meetsValue(kind, { asked: one, value })));
}

/** Asks for attributes back, and for no value of theirs. */
function isUniversal(asked: DataSet): boolean {
  return asked.elements.every(({ tag, content }) =>
    content.is === "items" ? asked.items(tag).every(isUniversal) : content.is === "bytes" && content.bytes.length === 0,
  );
}

interface Compared {
  readonly asked: string;
  readonly value: string;
}

function meetsValue(vr: string, { asked, value }: Compared): boolean {
  switch (vr) {
    case "DA":
      return withinRange(dateOf, { asked, value });
    case "TM":
      return withinRange(timeOf, { asked, value });
    case "UI":
      return asked === value;
    case "PN":
      return asked.split("=").every((group, at) => group === "" || meetsPattern(folded(group), groupOf(value, at)));
    case "AE":
    case "CS":
      return meetsPattern(asked.trim(), value.trim());
    default:
      return meetsPattern(folded(asked), folded(value));
  }
}

function folded(text: string): string {
  return fold(text).trim();
}

/** Components that are empty at the end of a name are none. */
function groupOf(name: string, at: number): string {
  return folded((name.split("=")[at] ?? "").replace(/\^+$/, ""));
}

/** `*` stands for any characters, `?` for one. Source: PS3.4 §C.2.2.2.4. */
function meetsPattern(asked: string, value: string): boolean {
  if (!/[*?]/.test(asked)) return asked.replace(/\^+$/, "") === value;
  const source = asked
    .replace(/\*+/g, "*")
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "su").test(value);
}

type Bounds = (text: string) => readonly [first: string, last: string];

/** `20261101-20261130`, open at either end. Source: PS3.4 §C.2.2.2.5. */
function withinRange(boundsOf: Bounds, { asked, value }: Compared): boolean {
  const [from = "", to] = asked.split("-");
  const [at] = boundsOf(value);
  const [first] = boundsOf(from);
  const [, last] = boundsOf(to ?? from);
  return (from === "" || at >= first) && ((to ?? from) === "" || at <= last);
}

function dateOf(text: string): readonly [string, string] {
  const digits = text.replaceAll(".", "").trim();
  return [digits.padEnd(8, "0"), digits.padEnd(8, "9")];
}

function timeOf(text: string): readonly [string, string] {
  const digits = text.replaceAll(":", "").replace(".", "").trim();
  return [digits.padEnd(12, "0"), digits.padEnd(12, "9")];
}

/** Dates and the times of the same moments. */
const moments: readonly (readonly [date: string, time: string])[] = [
  ["ScheduledProcedureStepStartDate", "ScheduledProcedureStepStartTime"],
];

/**
 * Where both are asked for as ranges, they are one range, from the first moment to the last. Undefined where they are not.
 * Source: PS3.4 Table K.6-1 (Scheduled Procedure Step Start Date).
 */
function meetsMoments(keys: DataSet, item: DataSet): boolean | undefined {
  for (const [date, time] of moments) {
    const [days, times] = [keys.text(date), keys.text(time)];
    if (days === undefined || times === undefined || !days.includes("-") || !times.includes("-")) continue;
    const [[fromDay = "", toDay = ""], [fromTime = "", toTime = ""]] = [days.split("-"), times.split("-")];
    const at = dateOf(item.text(date) ?? "")[0] + timeOf(item.text(time) ?? "")[0];
    const isAfter = fromDay === "" || at >= dateOf(fromDay)[0] + timeOf(fromTime)[0];
    const isBefore = toDay === "" || at <= dateOf(toDay)[1] + timeOf(toTime)[1];
    return item.text(date) !== undefined && isAfter && isBefore;
  }
  return undefined;
}
