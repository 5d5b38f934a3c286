import { type Clinician, consultants, generalPractitioners } from "../../demo/hospital/clinicians.ts";
import { clinicOf, placeOf, wardFor } from "../../demo/hospital/wards.ts";
import { acuteOf } from "../../demo/illness/ill.ts";
import type { Specialty } from "../../demo/illness/illnesses.ts";
import type { PanelCode } from "../../demo/laboratory/panels.ts";
import { type Numbering, numberingOf } from "../../demo/messages/numbering.ts";
import { orderMessage } from "../../demo/messages/orders.ts";
import { ordersOf, resultMessages } from "../../demo/messages/results.ts";
import type { DemoMessage } from "../../demo/messages/sender.ts";
import { ageYearsAt, type Person } from "../../demo/people/person.ts";
import type { Random } from "../../demo/random.ts";
import type { Story, Visit } from "../../demo/story/story.ts";
import { dayMs, hourMs, minuteMs } from "../../demo/times.ts";
import { clinics, discharges, electives, emergencies, momentOf, practices, rounds } from "./hours.ts";
import { type PatientEvents, patientEvents } from "./patient-system.ts";

export interface PatientDay {
  readonly person: Person;
  /** The start of the day, in milliseconds since 1970. */
  readonly startMs: number;
  readonly random: Random;
  /** Of this patient's numbers on this day. */
  readonly prefix: string;
  readonly isWeekend: boolean;
}

/** What somebody is to the hospital on that day; of a hundred. */
const shares = { inWard: 34, emergency: 22, elective: 8, clinic: 20, practice: 16 } as const;

type Role = keyof typeof shares;

const shutAtWeekends: ReadonlySet<Role> = new Set(["elective", "clinic", "practice"]);

const days: Readonly<Record<Role, (day: Day) => readonly DemoMessage[]>> = {
  inWard: inWardDay,
  emergency: emergencyDay,
  elective: electiveDay,
  clinic: clinicDay,
  practice: practiceDay,
};

/** Everything that is sent about one patient on one day: what refers to an order or a visit comes after it. */
export function patientDay(given: PatientDay): readonly DemoMessage[] {
  const role = roleOf(given);
  if (given.isWeekend && shutAtWeekends.has(role)) return [];
  const day = dayOf(given);
  const endMs = given.startMs + dayMs;
  return days[role](day)
    .filter(({ sentMs }) => sentMs >= given.startMs && sentMs < endMs)
    .toSorted((one, other) => one.sentMs - other.sentMs);
}

function roleOf({ random }: PatientDay): Role {
  const all = Object.entries(shares) as [Role, number][];
  let left = random.next() * all.reduce((sum, [, share]) => sum + share, 0);
  for (const [role, share] of all) {
    left -= share;
    if (left < 0) return role;
  }
  return "inWard";
}

interface Day extends PatientDay {
  readonly story: Story;
  readonly specialty: Specialty;
  readonly reason: string;
  readonly panels: readonly PanelCode[];
  readonly daily: readonly PanelCode[];
  readonly numbering: Numbering;
  readonly events: PatientEvents;
}

function dayOf(given: PatientDay): Day {
  const { person, startMs, random, prefix } = given;
  const acute = acuteOf(person, random, startMs);
  const isChild = ageYearsAt(person, startMs) < 16;
  const practitioner = random.pick(generalPractitioners);
  const story = {
    person,
    ills: acute === undefined ? [] : [acute],
    practitioner,
    visits: [],
    collections: [],
    diedMs: undefined,
  };
  const numbering = numberingOf(prefix);
  return {
    ...given,
    story,
    specialty: isChild ? "Paediatrics" : (acute?.illness.specialty ?? "Acute medicine"),
    reason: acute?.illness.name ?? "Observation",
    panels: [...new Set<PanelCode>(["UE", "FBC", ...(acute?.illness.first ?? [])])],
    daily: acute?.illness.daily ?? ["UE", "FBC"],
    numbering,
    events: patientEvents(story, numbering),
  };
}

/** In a bed since before: told of at midnight, bled in the morning, and perhaps moved or gone by the evening. */
function inWardDay(day: Day): readonly DemoMessage[] {
  const { startMs, random, specialty, events } = day;
  const stay = stayOf(day, specialty, startMs - random.between(0.5, 6) * dayMs);
  const known = events.visit("A08", stay, { atMs: startMs + random.whole(1, 25) * minuteMs });
  const bled = bloods(day, { visit: stay, panels: day.daily, atMs: startMs + momentOf(rounds, random) });
  if (random.chance(0.2)) return [known, ...bled, ...discharged(day, stay, startMs + momentOf(discharges, random))];
  if (!random.chance(0.15)) return [known, ...bled];
  return [known, ...bled, ...moved(day, stay, startMs + random.between(11, 19) * hourMs)];
}

/** By way of the acute medical unit, with bloods on arrival, and on to the ward of their specialty. */
function emergencyDay(day: Day): readonly DemoMessage[] {
  const { startMs, random, specialty, events } = day;
  const atMs = startMs + momentOf(emergencies, random);
  const unit = specialty === "Paediatrics" ? specialty : "Acute medicine";
  const stay = stayOf(day, unit, atMs);
  const arrived = [
    ...(random.chance(0.3) ? [events.registered(atMs - 6 * minuteMs)] : []),
    events.visit("A01", stay, { atMs: atMs + minuteMs }),
    ...bloods(day, { visit: stay, panels: day.panels, atMs: atMs + random.whole(25, 60) * minuteMs }),
  ];
  const later = atMs + random.between(2.5, 7) * hourMs;
  if (random.chance(0.25)) return [...arrived, ...discharged(day, stay, later)];
  return unit === specialty || random.chance(0.3) ? arrived : [...arrived, ...moved(day, stay, later)];
}

function electiveDay(day: Day): readonly DemoMessage[] {
  const { startMs, random, specialty, events } = day;
  const atMs = startMs + momentOf(electives, random);
  const stay = stayOf(day, specialty, atMs);
  const admitted = [
    events.visit("A01", stay, { atMs: atMs + minuteMs }),
    ...bloods(day, { visit: stay, panels: ["UE", "FBC", "COAG"], atMs: atMs + random.whole(25, 90) * minuteMs }),
  ];
  return random.chance(0.4) ? [...admitted, ...discharged(day, stay, atMs + random.between(5, 9) * hourMs)] : admitted;
}

function clinicDay(day: Day): readonly DemoMessage[] {
  const { startMs, random, specialty, events } = day;
  const atMs = startMs + momentOf(clinics, random);
  const base = stayOf(day, specialty, atMs);
  const visit: Visit = { ...base, is: "clinic", place: clinicOf(specialty), toMs: atMs + hourMs / 2 };
  const seen = events.visit("A04", visit, { atMs: atMs + minuteMs });
  return random.chance(0.6) ? [seen, ...bloods(day, { visit, panels: day.daily, atMs: atMs + 30 * minuteMs })] : [seen];
}

function practiceDay(day: Day): readonly DemoMessage[] {
  const { startMs, random } = day;
  const panels = random.pick<readonly PanelCode[]>([
    ["UE", "FBC"],
    ["UE", "LFT", "LIPID", "HBA1C"],
    ["TFT", "UE"],
    ["FBC", "HAEM"],
  ]);
  return bloods(day, { visit: undefined, panels, atMs: startMs + momentOf(practices, random) });
}

function stayOf({ random, prefix, reason }: Day, specialty: Specialty, fromMs: number): Visit {
  return {
    number: `V${prefix}`,
    is: "stay",
    place: placeOf(wardFor(specialty), random.whole(0, 40)),
    specialty,
    consultant: consultants[specialty],
    fromMs,
    toMs: undefined,
    reason,
  };
}

function moved({ random, specialty, events }: Day, stay: Visit, atMs: number): readonly DemoMessage[] {
  const other = stay.specialty === specialty ? "General surgery" : specialty;
  const place = placeOf(wardFor(other), random.whole(0, 40));
  const there: Visit = { ...stay, place, specialty: other, consultant: consultants[other] };
  return [events.visit("A02", there, { atMs, from: stay.place })];
}

function discharged({ events }: Day, stay: Visit, toMs: number): readonly DemoMessage[] {
  return [events.visit("A03", { ...stay, toMs }, { atMs: toMs + 2 * minuteMs })];
}

interface Bloods {
  readonly visit: Visit | undefined;
  readonly panels: readonly PanelCode[];
  readonly atMs: number;
}

/** An order to each laboratory, and its results under the order's number. */
function bloods({ story, numbering, random }: Day, { visit, panels, atMs }: Bloods): readonly DemoMessage[] {
  const requester: Clinician = visit?.consultant ?? story.practitioner;
  const collection = { atMs, panels, visit, requester };
  return ordersOf(story, collection, numbering).flatMap((ordered) => {
    const results = resultMessages(ordered, { numbering, random });
    return ordered.laboratory === "bedside" ? results : [orderMessage(ordered, numbering.controlId("O")), ...results];
  });
}
