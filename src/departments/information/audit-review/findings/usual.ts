import type { Instant } from "#kernel";
import { usualEntriesMin, usualPatientsMin } from "./rules.ts";

interface PersonUsual {
  /** Entries by hour of the day. */
  readonly hours: number[];
  entries: number;
  /** The day that is being counted, and its patients. */
  day: string;
  patients: Set<string>;
  /** Patients a day on the days before, added up. */
  patientsBefore: number;
  daysBefore: number;
}

export interface Deed {
  readonly person: string;
  readonly role: string;
  readonly day: string;
  readonly hour: number;
  readonly patients: readonly string[];
  readonly at: Instant;
}

/** What people, and roles, usually do; learnt from the log as it is followed. */
export class Usual {
  readonly #people = new Map<string, PersonUsual>();
  readonly #roles = new Map<string, { patients: number; days: number }>();

  add({ person, role, day, hour, patients }: Deed): void {
    const known = this.#people.get(person) ?? fresh(day);
    this.#people.set(person, known);
    if (known.day !== day) this.#close(known, { role, day });
    known.hours[hour] = (known.hours[hour] ?? 0) + 1;
    known.entries += 1;
    for (const patient of patients) known.patients.add(patient);
  }

  /** How many times as many patients as the more generous of the person's and the role's usual day; 0: not unusual. */
  timesUsual({ person, role }: Deed): number {
    const known = this.#people.get(person);
    if (known === undefined || known.patients.size < usualPatientsMin) return 0;
    const own = known.daysBefore === 0 ? 0 : known.patientsBefore / known.daysBefore;
    const others = this.#roles.get(role);
    const usual = Math.max(own, others === undefined ? 0 : others.patients / others.days);
    return usual === 0 ? 0 : known.patients.size / usual;
  }

  /** What share of what the person does is done at this hour and those beside it, in per cent; undefined: not known yet. */
  hourPerCent({ person, hour }: Deed): number | undefined {
    const known = this.#people.get(person);
    if (known === undefined || known.entries < usualEntriesMin) return undefined;
    const near = [hour, (hour + 1) % 24, (hour + 23) % 24].map((one) => known.hours[one] ?? 0);
    return (100 * near.reduce((sum, one) => sum + one, 0)) / known.entries;
  }

  #close(known: PersonUsual, { role, day }: Pick<Deed, "role" | "day">): void {
    const count = known.patients.size;
    known.patientsBefore += count;
    known.daysBefore += 1;
    const others = this.#roles.get(role) ?? { patients: 0, days: 0 };
    this.#roles.set(role, { patients: others.patients + count, days: others.days + 1 });
    known.day = day;
    known.patients = new Set();
  }
}

function fresh(day: string): PersonUsual {
  return { hours: [], entries: 0, day, patients: new Set(), patientsBefore: 0, daysBefore: 0 };
}
