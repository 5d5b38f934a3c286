import type { Extension, Patient, Resource } from "#standards/fhir";
import type { ReadyMaps } from "#standards/v2-to-fhir";
import type { Situation } from "../../results/situation.ts";
import type { MessageGroups } from "../groups.ts";
import type { Plan, Planned } from "../plan.ts";
import { type Drafted, type DraftingSource, wholeDraft } from "./drafted.ts";
import { type JoinSource, join, type Target } from "./join.ts";
import { leftoversOf } from "./leftovers.ts";
import { overruled } from "./overrule.ts";
import { restOf } from "./rest.ts";

/** What rows add to the typed mapping of one message. */
export interface JoinedMessage {
  readonly groups: MessageGroups;
  readonly situation: Omit<Situation, "encounter" | "subject">;
  readonly maps: ReadyMaps;
  /** There is no typed mapping of this type of message. */
  readonly isByRows: boolean;
}

/** The patient with what rows add. */
export function joinPatient(patient: Patient, { groups, situation, maps }: JoinedMessage): Patient {
  const { pid, pd1, nextOfKin, readers } = groups;
  const own = readers.filter(({ name }) => isOfPatient(name, maps));
  const wanted = [pid, pd1, ...nextOfKin, ...own].filter((reader) => reader !== undefined);
  if (pid === undefined) return patient;
  const [target] = overruledTargets(
    [{ where: pid.where, resource: patient as unknown as Resource, reference: "Patient", isWhole: false }],
    { readers, maps, subject: "Patient", offsetMinutesAt: situation.origin.offsetMinutesAt },
  ) as [Target];
  const { changed } = join({
    ...{ readers, wanted, targets: [target], maps, subject: "Patient", asOf: undefined, makes: "none", isOrder: false },
    offsetMinutesAt: situation.origin.offsetMinutesAt,
    homeOf: ({ name }, homes) => (isLocal(name) ? undefined : homes.get(pid.where)),
  });
  return (changed.get(target) ?? target.resource) as unknown as Patient;
}

/** A segment of the sender's own: what no layer's rows carry of it is listed. */
function isLocal(name: string): boolean {
  return name.startsWith("Z");
}

function isOfPatient(name: string, { local }: ReadyMaps): boolean {
  return local.get(name)?.some(({ type }) => type === "Patient") === true;
}

/** Segments of the exchange and of the event: what is left of them goes to the Provenance. */
const ofExchange = new Set(["MSH", "EVN", "SFT", "UAC", "MSA", "ERR"]);

/** The rest of the plan with what rows add, and what they alone make. */
export function joinPlan(plan: Plan, subject: string, { groups, situation, maps, isByRows }: JoinedMessage): Plan {
  const ofPatient = new Set([groups.pid, groups.pd1, ...groups.nextOfKin]);
  const { offsetMinutesAt } = situation.origin;
  const typed = plan.flatMap(targetOf);
  const targets = overruledTargets(typed, { readers: groups.readers, maps, subject, offsetMinutesAt });
  const hasVisit = isByRows || plan.some(({ resource }) => resource.resourceType === "Encounter");
  const isLeft = (name: string) => !hasVisit && (name === "PV1" || name === "PV2");
  const wanted = groups.readers.filter(
    (reader) =>
      !ofPatient.has(reader) &&
      !ofExchange.has(reader.name) &&
      !isLeft(reader.name) &&
      (!isLocal(reader.name) || (maps.local.has(reader.name) && !isOfPatient(reader.name, maps))),
  );
  const { changed, made } = join({
    ...{ readers: groups.readers, wanted, targets, maps, subject, asOf: situation.sentAt },
    makes: isByRows ? "all" : "missing",
    isOrder: plan.some(({ resource }) => resource.resourceType === "ServiceRequest"),
    isBooking: plan.some(({ resource }) => resource.resourceType === "Appointment"),
    offsetMinutesAt,
    homeOf: homesIn(groups.readers, isByRows),
  });
  if (changed.size === 0 && made.length === 0 && targets === typed) return plan;
  const resources = new Map(
    targets.map((target) => [target.reference, changed.get(target) ?? target.resource] as const),
  );
  return [...plan.map((planned) => withResource(planned, resources.get(referenceOf(planned)))), ...made];
}

interface LayeredMessage extends DraftingSource {
  readonly maps: ReadyMaps;
  readonly subject: string;
}

/** As the sender's own layers have them; the same list where there are none. */
function overruledTargets(targets: readonly Target[], source: LayeredMessage): readonly Target[] {
  const { maps } = source;
  if (maps.above === undefined && maps.without === undefined) return targets;
  const drafts = new Map<ReadyMaps, Drafted>();
  const draft = (wanted: ReadyMaps) => {
    const known = drafts.get(wanted) ?? wholeDraft(wanted, { ...source, targets });
    drafts.set(wanted, known);
    return known;
  };
  return targets.map((target) => {
    const resource = overruled(target, { readers: source.readers, maps, draft });
    return resource === undefined ? target : { ...target, resource: resource as unknown as Resource };
  });
}

function targetOf(planned: Planned): readonly Target[] {
  const { resource, where, rule } = planned;
  if (resource.resourceType === "Binary") return [];
  const isWhole = rule === "result" || rule === "companion";
  return [{ where, isWhole, resource: resource as unknown as Resource, reference: referenceOf(planned) }];
}

function referenceOf({ resource, id }: Planned): string {
  return `${resource.resourceType}/${id}`;
}

function withResource(planned: Planned, resource: Resource | undefined): Planned {
  return resource === undefined ? planned : ({ ...planned, resource } as unknown as Planned);
}

/** Segments that say more of what the segment before them says. */
const saysMore = new Set([
  ...["NTE", "PRT", "ROL", "TQ1", "TQ2", "CTD", "PV2", "IN2", "IN3", "RXC", "RXR", "CTI", "CON", "SAC"],
]);

/** Where what is left of a segment goes that no resource is of: to what it says more of, else it is kept by itself. */
function homesIn(readers: JoinSource["readers"], isByRows: boolean): JoinSource["homeOf"] {
  return (reader, homes) => {
    if (isLocal(reader.name)) return undefined;
    const at = readers.indexOf(reader);
    const booking = ofBooking.has(reader.name) ? homes.get("SCH[1]") : undefined;
    if (booking !== undefined) return booking;
    if (reader.name === "ORC") return homes.get(readers[at + 1]?.where ?? "") ?? "itself";
    // A line of a text belongs to the result that it is a line of; a result that nothing is known of belongs nowhere.
    const more = reader.name === "OBX" ? ofResult : saysMore;
    if (reader.name === "OBX" && reader.isUnread)
      return isByRows && reader.segment.fieldText(3) !== "" ? "itself" : undefined;
    for (let before = at - 1; before >= 0 && more.has(reader.name); before -= 1) {
      const earlier = readers[before];
      const home = homes.get(earlier?.where ?? "");
      if (home !== undefined) return home;
      if (earlier === undefined || !more.has(earlier.name)) break;
    }
    return reader.name === "OBX" ? undefined : "itself";
  };
}

const ofBooking = new Set(["TQ1", "RGS", "AIS", "AIG", "AIL", "AIP"]);

const ofResult = new Set(["OBX", "NTE"]);

/** What is left of the segments of the exchange, for the Provenance. Marks it as carried. */
export function exchangeRest({ readers }: MessageGroups): readonly Extension[] {
  const left = leftoversOf(readers.filter(({ name }) => ofExchange.has(name)));
  return [...left].flatMap(([reader, values]) => restOf({ reader, values }, "Provenance"));
}
