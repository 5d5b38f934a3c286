import type { Annotation } from "#standards/fhir";
import { dateTimeIn } from "../messages/datatypes/ts.ts";
import { practitioner } from "../messages/datatypes/xcn.ts";
import type { SegmentReader } from "../messages/message-reader.ts";
import { list, present } from "../messages/present.ts";

/**
 * NTE segments in a row are the lines of one comment, unless they name different authors or times.
 * Source: v2-to-FHIR NTE[Observation], NTE[ServiceRequest].
 */
export function notesOf(segments: readonly SegmentReader[]): readonly Annotation[] | undefined {
  const notes: Annotation[] = [];
  for (const nte of segments) {
    const note = noteOf(nte);
    const before = notes.at(-1);
    if (note === undefined) continue;
    if (before !== undefined && isSameHand(before, note)) {
      notes[notes.length - 1] = { ...before, text: `${before.text}\n${note.text}` };
    } else {
      notes.push(note);
    }
  }
  const readable = notes.filter(({ text }) => text.trim() !== "");
  return list(...readable);
}

/** The same, as plain text, for where FHIR has no place for notes. */
export function noteText(segments: readonly SegmentReader[]): string | undefined {
  const notes = notesOf(segments) ?? [];
  return notes.length === 0 ? undefined : notes.map(({ text }) => text).join("\n");
}

function noteOf(nte: SegmentReader): Annotation | undefined {
  if (nte.segment.fieldText(3) === "") return undefined;
  return present<Annotation>({
    authorReference: practitioner(nte.field(5)),
    time: dateTimeIn(nte.field(6)),
    text: nte.lines(3).join("\n"),
  });
}

function isSameHand(one: Annotation, other: Annotation): boolean {
  return one.time === other.time && one.authorReference?.display === other.authorReference?.display;
}
