import { busy, incorrect, limits, type Problem } from "#kernel";
import type { Separators } from "./separators.ts";

/** A segment as elements of components, before its place in a message is known. */
export type SegmentElements = readonly (readonly string[])[];

export interface SegmentList {
  readonly segments: readonly SegmentElements[];
  /** `segment-unterminated`, `too-many-segments`: what is behind is not read. */
  readonly problems: readonly Problem[];
}

/**
 * Divides the text behind UNA into segments. Line ends are no data in EDIFACT: senders wrap by them, and they are left out.
 * Source: ISO 9735 §6 to §8.
 */
export function readSegments(text: string, separators: Separators): SegmentList {
  const segments: SegmentElements[] = [];
  let at = 0;
  while (at < text.length) {
    const read = readSegment(text, { at, separators });
    if (read.isTerminated) segments.push(read.elements);
    else if (!isBlank(read.elements)) {
      const message = "The last segment does not end with the segment terminator.";
      return { segments, problems: [incorrect("segment-unterminated", message, { where: tagOf(read.elements) })] };
    }
    at = read.end;
    if (segments.length >= limits.edifactSegmentsMax) {
      const message = `An interchange may have ${limits.edifactSegmentsMax} segments.`;
      return { segments, problems: [busy("too-many-segments", message)] };
    }
  }
  return { segments, problems: [] };
}

interface ReadSegment {
  readonly elements: SegmentElements;
  readonly end: number;
  readonly isTerminated: boolean;
}

function readSegment(
  text: string,
  { at, separators }: { readonly at: number; readonly separators: Separators },
): ReadSegment {
  const { component, element, release, terminator } = separators;
  const elements: string[][] = [[]];
  let value = "";
  const close = () => {
    elements.at(-1)?.push(value);
    value = "";
  };
  for (let position = at; position < text.length; position += 1) {
    const character = text.charAt(position);
    if (release !== "" && character === release) {
      position += 1;
      value += text.charAt(position);
    } else if (character === terminator) {
      close();
      return { elements, end: position + 1, isTerminated: true };
    } else if (character === component) {
      close();
    } else if (character === element) {
      close();
      elements.push([]);
    } else if (character !== "\r" && character !== "\n") {
      value += character;
    }
  }
  close();
  return { elements, end: text.length, isTerminated: false };
}

function isBlank(elements: SegmentElements): boolean {
  return elements.length === 1 && elements[0]?.join("").trim() === "";
}

/** The tag alone: blanks before it come from senders' line breaks. */
export function tagOf(elements: SegmentElements): string {
  return elements[0]?.[0]?.trim() ?? "";
}
