import { type Header, type Message, segmentsNamed } from "#standards/hl7v2";
import type { LinkSettings, RouteCondition } from "./link-settings.ts";

/** Where a message goes, and by which rules. */
export interface Routed {
  /** Each once, in the order of the routes. */
  readonly destinations: readonly string[];
  /** Names of the routes that fitted. */
  readonly routes: readonly string[];
  /** The route without destinations that it ended at. */
  readonly filteredBy?: string;
}

/** Asks the routes of a link, in their order. Pure: the same message and settings give the same. */
export function routeMessage(
  { routes }: Pick<LinkSettings, "routes">,
  sent: { readonly message: Message; readonly header: Header },
): Routed {
  const destinations = new Set<string>();
  const fitting: string[] = [];
  for (const { name, when, to } of routes) {
    if (!holds(when, sent)) continue;
    fitting.push(name);
    if (to.length === 0) return { destinations: [...destinations], routes: fitting, filteredBy: name };
    for (const destination of to) destinations.add(destination);
  }
  return { destinations: [...destinations], routes: fitting };
}

interface Sent {
  readonly message: Message;
  readonly header: Header;
}

function holds(condition: RouteCondition, sent: Sent): boolean {
  const { types, senders, receivers, fields, not } = condition;
  const { header } = sent;
  const { code, trigger } = header.type;
  if (types !== undefined && !types.some((type) => type === code || type === `${code}^${trigger}`)) return false;
  if (
    senders !== undefined &&
    !senders.some((each) => isOneOf(each, header.sendingApplication, header.sendingFacility))
  )
    return false;
  if (receivers !== undefined && !receivers.includes(header.receivingFacility)) return false;
  for (const [place, values] of Object.entries(fields ?? {})) {
    const found = valuesAt(sent.message, place);
    if (!values.some((value) => found.includes(value))) return false;
  }
  return not === undefined || !holds(not, sent);
}

function isOneOf(text: string, ...texts: readonly string[]): boolean {
  return texts.includes(text);
}

/** Of every repetition in every segment of the name; the first component where the place names none. */
function valuesAt(message: Message, place: string): readonly string[] {
  const [segment = "", position = ""] = place.split("-");
  const [field = 0, component = 1] = position.split(".").map(Number);
  return segmentsNamed(message, segment).flatMap((each) =>
    each.repetitions(field).map((value) => value.component(component).text),
  );
}
