import { type Access, type Context, personActor } from "#access";
import { beginItem, type ItemOrder, type NewItem, workOnItem } from "#departments/information";
import { instant, ok, type Result } from "#kernel";

const dayMs = 24 * 60 * 60_000;

/** What is done with an item, so many days after it came. */
interface Deed {
  readonly afterDays: number;
  readonly order: Record<string, unknown> & { readonly do: ItemOrder["do"] };
}

interface Told {
  readonly item: NewItem;
  /** How long ago it came. */
  readonly daysAgo: number;
  readonly deeds: readonly Deed[];
}

const check = (afterDays: number, name: string): Deed => ({
  afterDays,
  order: { do: "check", check: name, isDone: true },
});
const step = (afterDays: number, name: string, more: object = {}): Deed => ({
  afterDays,
  order: { do: "step", step: name, ...more },
});
const answered = (days: number, outcome: string): readonly Deed[] => [
  step(1, "acknowledge"),
  step(2, "begin"),
  check(days, "exemptions"),
  step(days, "finish", { outcome, why: "Answered by letter" }),
];

/** What nobody in particular has to be in the record for. */
const told: readonly Told[] = [
  ...[
    [330, 12],
    [300, 25],
    [260, 40],
    [221, 18],
    [180, 20],
    [150, 33],
    [110, 14],
    [75, 21],
    [44, 19],
  ].map(
    ([daysAgo = 0, days = 0]): Told => ({
      item: freedomOfInformation("Spending on agency staff"),
      daysAgo,
      deeds: answered(days, "disclosed"),
    }),
  ),
  {
    item: freedomOfInformation("Parking fines by month"),
    daysAgo: 24,
    deeds: [step(1, "acknowledge"), step(3, "begin")],
  },
  {
    item: freedomOfInformation("Waiting times in the emergency department"),
    daysAgo: 9,
    deeds: [step(1, "acknowledge"), step(4, "wait", { why: "Asked the applicant which years are meant" })],
  },
  {
    item: complaint("My neighbour works in outpatients and knew of my visit", "Mrs Edith Marlow"),
    daysAgo: 27,
    deeds: [],
  },
  {
    item: incident("A handover sheet was found in the car park", "confidentiality"),
    daysAgo: 2,
    deeds: [step(0, "begin"), check(1, "contained")],
  },
  {
    item: incident("Results of the blood gas analyser were filed under the bed, not the patient", "integrity"),
    daysAgo: 70,
    deeds: [
      step(0, "begin"),
      check(1, "contained"),
      check(1, "assessed"),
      step(2, "not-report", { why: "Put right within the hour; nobody acted on them" }),
      check(20, "learnt"),
      step(21, "finish", { outcome: "internal", why: "The analyser asks for the wristband now" }),
    ],
  },
  register("asset", "Electronic patient record", 200, {
    owner: "Chief clinical information officer",
    personal: "All care of all patients",
    where: "Corridor, in the hospital's data centre",
    basis: "public-task",
    keptFor: "By the Records Management Code",
    criticality: "hours",
  }),
  register("asset", "Laboratory information system", 380, {
    owner: "Pathology manager",
    personal: "Requests and results of patients",
    where: "Meadowlab",
    basis: "public-task",
    criticality: "hours",
  }),
  register("flow", "Results to general practices", 300, {
    from: "The laboratory",
    to: "General practices of the county",
    personal: "Results of their patients",
    purpose: "Care",
    basis: "public-task",
    how: "EDIFACT over MESH",
    abroad: "no",
  }),
  register("agreement", "Shared care record of the county", 345, {
    with: "The integrated care board and five trusts",
    purpose: "Care across organisations",
    personal: "Summaries of patients of the county",
    basis: "public-task",
    ends: "2028-03-31",
  }),
  {
    item: {
      list: "dpia",
      title: "Voice recognition in clinics",
      fields: {
        purpose: "Letters are dictated to a program",
        personal: "What is said in the room",
        residual: "medium",
      },
    },
    daysAgo: 20,
    deeds: [step(3, "begin")],
  },
];

function freedomOfInformation(title: string): NewItem {
  return { list: "foi", title, fields: { requester: "A resident", wants: `${title}, for the last three years` } };
}

function complaint(title: string, requester: string): NewItem {
  return {
    list: "complaint",
    title,
    fields: { requester, relation: "self", wants: "To know who looked at her record" },
  };
}

function incident(title: string, nature: string): NewItem {
  return { list: "incident", title, fields: { what: title, nature, people: "1" } };
}

function register(list: string, title: string, daysAgo: number, fields: Readonly<Record<string, string>>): Told {
  return { item: { list, title, fields }, daysAgo, deeds: [step(1, "approve")] };
}

/** The work of an information governance lead, some of it done, some due. */
export function tellGovernance(access: Access): Promise<Result<unknown>> {
  return tellAll(access, told);
}

/** Two people who ask for what is held about them, once there are patients. */
export async function tellSubjectAccess(access: Access): Promise<Result<unknown>> {
  const { record } = contextAt(access, 0);
  const found = await record.search({
    kind: "Patient",
    all: [],
    sort: { by: "id", descending: false },
    limit: 2,
  });
  if (!found.ok) return found;
  const asked = found.value.versions.map(
    ({ id }, at): Told => ({
      item: {
        list: "subject-access",
        title: at === 0 ? "All records, for a move abroad" : "Records of the last stay",
        patient: `Patient/${id}`,
        fields: { requester: "The patient", relation: "self", contact: "By post", wants: "Everything that is held" },
      },
      daysAgo: at === 0 ? 26 : 6,
      deeds: [step(1, "acknowledge"), step(2, "begin"), check(2, "identity")],
    }),
  );
  return tellAll(access, asked);
}

async function tellAll(access: Access, all: readonly Told[]): Promise<Result<unknown>> {
  for (const { item, daysAgo, deeds } of all) {
    const context = contextAt(access, daysAgo);
    const begun = await beginItem(context, item);
    if (!begun.ok) return begun;
    let { version } = begun.value;
    for (const { afterDays, order } of deeds) {
      const at = contextAt(access, daysAgo - afterDays);
      const done = await workOnItem({ context: at, acting: () => at }, begun.value.id, {
        ...order,
        version,
      } as ItemOrder);
      if (!done.ok) return done;
      version = done.value.version;
    }
  }
  return ok(undefined);
}

/** The information governance lead, so many days ago. */
function contextAt(access: Access, daysAgo: number): Context {
  const actor = personActor({
    reference: "User/demo-governance",
    display: "Demonstration",
    roles: ["information-governance"],
  });
  const context = access.contextOf(actor);
  const now = instant(context.clock.now() - daysAgo * dayMs);
  return { ...context, clock: { now: () => now } };
}
