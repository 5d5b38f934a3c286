import { type Message, parsePosition, type Segment, segmentsNamed } from "#standards/hl7v2";
import type { RouteCondition } from "../../configuration/link-settings.ts";
import type { SentMessage } from "../../messages/sent-message.ts";

/** Whether a message is one that a route is for. */
export type Fits = (sent: SentMessage) => boolean;

/** A condition made ready once, so that asking costs little. A path that names no field is never met. */
export function compileCondition({ types, senders, receivers, fields, not }: RouteCondition): Fits {
  const all: Fits[] = [];
  if (types !== undefined) all.push(typeFits(new Set(types)));
  if (senders !== undefined) all.push(oneOf(senders, ({ header }) => header?.sendingFacility, "sendingApplication"));
  if (receivers !== undefined) all.push(oneOf(receivers, ({ header }) => header?.receivingFacility));
  for (const [path, values] of Object.entries(fields ?? {})) all.push(fieldFits(path, new Set(values)));
  if (not !== undefined) {
    const isFit = compileCondition(not);
    all.push((sent) => !isFit(sent));
  }
  return (sent) => all.every((fits) => fits(sent));
}

/** `ORU^R01`, or `ORU` for all its events. */
function typeFits(types: ReadonlySet<string>): Fits {
  return ({ header }) => {
    if (header === undefined) return false;
    const { code, trigger } = header.type;
    return types.has(code) || types.has(`${code}^${trigger}`);
  };
}

type HeaderName = "sendingApplication";

/** A sender is named by its application or its facility, a receiver by its facility. Source: HL7 v2.5.1 §2.15.9.3 to .6. */
function oneOf(values: readonly string[], read: (sent: SentMessage) => string | undefined, other?: HeaderName): Fits {
  const wanted = new Set(values);
  return (sent) => wanted.has(read(sent) ?? "") || (other !== undefined && wanted.has(sent.header?.[other] ?? ""));
}

/** A value in any occurrence of the segment and any repetition of the field. */
function fieldFits(path: string, values: ReadonlySet<string>): Fits {
  const position = parsePosition(path);
  if (position?.field === undefined) return () => false;
  const { segment, occurrence, field, repetition, component, subcomponent } = position;
  return ({ message }) =>
    segmentsOf(message, segment, occurrence).some((found) =>
      found.repetitions(field).some((value, at) => {
        if (repetition !== undefined && at !== repetition - 1) return false;
        const part = component === undefined ? value : value.component(component);
        return values.has((subcomponent === undefined ? part : part.subcomponent(subcomponent)).text);
      }),
    );
}

function segmentsOf(message: Message, name: string, occurrence: number | undefined): readonly Segment[] {
  const found = segmentsNamed(message, name);
  return occurrence === undefined ? found : found.filter((segment) => segment.occurrence === occurrence);
}
