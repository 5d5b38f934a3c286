import { instant, limits, ok, type Result, toIso } from "#kernel";
import { type Operation, parseBody, type Version } from "#record";
import type { CodeableConcept, DiagnosticReport, ServiceRequest } from "#standards/fhir";
import { anyKey, newestFirst } from "../clauses.ts";
import { type AwaitedResult, awaitedNumberKey, awaitedResultKind } from "./awaited-result.ts";
import { type FollowedMessage, isOrder, numbersOf, writtenOf } from "./followed-message.ts";
import { hourMs } from "./hour-of-week.ts";
import type { WatchNeeds } from "./watch-needs.ts";

/**
 * What the messages change about the results that are waited for: an active order of a watched test is waited for, a report
 * answers it, an order that is no longer active is not waited for. Safe to run again. Problems: those of the record.
 */
export async function awaitedOperations(
  needs: WatchNeeds,
  messages: readonly FollowedMessage[],
): Promise<Result<readonly Operation[]>> {
  const hoursOf = new Map(needs.links().map(({ name, watch }) => [name, watch?.resultWithinHours ?? {}]));
  if ([...hoursOf.values()].every((hours) => Object.keys(hours).length === 0)) return ok([]);
  const mapped = messages.filter(({ message }) => message.state === "mapped");
  const read = await readOrdersAndReports(needs, mapped);
  if (!read.ok) return read;
  const book = await AwaitedBook.open(needs, mapped, read.value);
  if (!book.ok) return book;
  for (const followed of mapped) {
    const { message } = followed;
    if (isOrder(message)) book.value.order(followed, hoursOf.get(message.link) ?? {});
    else book.value.report(followed);
  }
  return ok(book.value.operations());
}

interface OrdersAndReports {
  readonly orders: ReadonlyMap<string, ServiceRequest>;
  readonly reports: ReadonlyMap<string, DiagnosticReport>;
  /** Ids of orders that have a report by now, whenever it came. */
  readonly reported: ReadonlySet<string>;
}

async function readOrdersAndReports(
  { context }: WatchNeeds,
  messages: readonly FollowedMessage[],
): Promise<Result<OrdersAndReports>> {
  const orderKeys = messages.flatMap(({ message }) => (isOrder(message) ? writtenOf(message, "ServiceRequest") : []));
  const reportKeys = messages.flatMap(({ message }) => writtenOf(message, "DiagnosticReport"));
  const keys = [...new Map([...orderKeys, ...reportKeys].map((key) => [`${key.kind}/${key.id}`, key])).values()];
  const found = keys.length === 0 ? ok([]) : await context.record.readMany(keys);
  if (!found.ok) return found;
  const references = orderKeys.map(({ id }) => `based-on=ServiceRequest/${id}`);
  const answers = await reportsOf(context.record, references);
  if (!answers.ok) return answers;
  return ok({
    orders: byId<ServiceRequest>(found.value, "ServiceRequest"),
    reports: byId<DiagnosticReport>(found.value, "DiagnosticReport"),
    reported: new Set(answers.value.filter(isAnswer).flatMap(orderIds)),
  });
}

async function reportsOf(
  record: WatchNeeds["context"]["record"],
  references: readonly string[],
): Promise<Result<readonly DiagnosticReport[]>> {
  if (references.length === 0) return ok([]);
  const all = [anyKey(...references)];
  const page = await record.search(newestFirst({ kind: "DiagnosticReport", all, limit: limits.pageSizeMax }));
  return page.ok ? ok(page.value.versions.map((version) => parseBody<DiagnosticReport>(version))) : page;
}

function byId<T>(versions: readonly Version[], kind: string): ReadonlyMap<string, T> {
  const ofKind = versions.filter((version) => version.kind === kind);
  return new Map(ofKind.map((version) => [version.id, parseBody<T>(version)]));
}

/** A laboratory that has only booked the specimen in has not answered; one that says it will not do it has. */
function isAnswer({ status }: DiagnosticReport): boolean {
  return status !== "registered";
}

function orderIds({ basedOn = [] }: DiagnosticReport): readonly string[] {
  return basedOn.flatMap(({ reference }) => reference?.match(/^ServiceRequest\/(.+)$/)?.[1] ?? []);
}

function codesIn(concept: CodeableConcept | undefined): readonly string[] {
  return (concept?.coding ?? []).flatMap(({ code }) => code ?? []);
}

/** The results waited for that some messages are about, and what becomes of them. */
class AwaitedBook {
  readonly #read: OrdersAndReports;
  readonly #versions: ReadonlyMap<string, number>;
  readonly #awaited: Map<string, AwaitedResult>;
  readonly #changed = new Set<string>();

  private constructor(read: OrdersAndReports, versions: readonly Version[]) {
    this.#read = read;
    this.#versions = new Map(versions.map(({ id, version }) => [id, version]));
    this.#awaited = new Map(versions.map((version) => [version.id, parseBody<AwaitedResult>(version)]));
  }

  static async open(
    { look }: WatchNeeds,
    messages: readonly FollowedMessage[],
    read: OrdersAndReports,
  ): Promise<Result<AwaitedBook>> {
    const ids = new Set([...read.orders.keys(), ...[...read.reports.values()].flatMap(orderIds)]);
    const named = await look.readMany([...ids].map((id) => ({ kind: awaitedResultKind, id })));
    if (!named.ok) return named;
    const reporting = messages.filter(({ message }) => writtenOf(message, "DiagnosticReport").length > 0);
    const numbers = [...new Set(reporting.flatMap(({ message }) => numbersOf(message)))];
    if (numbers.length === 0) return ok(new AwaitedBook(read, named.value));
    const all = [anyKey(...numbers.map(awaitedNumberKey))];
    const numbered = await look.search(newestFirst({ kind: awaitedResultKind, all, limit: limits.pageSizeMax }));
    return numbered.ok ? ok(new AwaitedBook(read, [...named.value, ...numbered.value.versions])) : numbered;
  }

  order(
    { id: message, message: { link, arrivedAt, ...sent } }: FollowedMessage,
    hours: Readonly<Record<string, number>>,
  ) {
    for (const { id } of sent.resources.filter(({ kind }) => kind === "ServiceRequest")) {
      const order = this.#read.orders.get(id);
      const known = this.#awaited.get(id);
      if (order === undefined) continue;
      if (order.status !== "active") {
        if (known?.state === "waiting" && order.status !== "completed") this.#set(id, { ...known, state: "cancelled" });
        continue;
      }
      const test = codesIn(order.code).find((code) => hours[code] !== undefined) ?? codesIn(order.code)[0];
      const within = test === undefined ? undefined : (hours[test] ?? hours["*"]);
      if (test === undefined || within === undefined || known !== undefined) continue;
      const dueAt = toIso(instant(Date.parse(arrivedAt) + within * hourMs));
      const numbers = (order.identifier ?? []).flatMap(({ value }) => value ?? []);
      const state = this.#read.reported.has(id) ? "answered" : "waiting";
      this.#set(id, { link, test, numbers, message, orderedAt: arrivedAt, dueAt, state });
    }
  }

  /** A report answers the order that it names; else those of its numbers that are for its test, or the only one there is. */
  report({ message }: FollowedMessage): void {
    for (const { id } of writtenOf(message, "DiagnosticReport")) {
      const report = this.#read.reports.get(id);
      if (report === undefined || !isAnswer(report)) continue;
      for (const order of this.#answeredBy(report, numbersOf(message))) {
        const known = this.#awaited.get(order);
        if (known?.state === "waiting") this.#set(order, { ...known, state: "answered" });
      }
    }
  }

  #answeredBy(report: DiagnosticReport, numbers: readonly string[]): readonly string[] {
    const named = orderIds(report).filter((id) => this.#awaited.has(id));
    if (named.length > 0) return named;
    const numbered = [...this.#awaited].filter(
      ([, { state, numbers: own }]) => state === "waiting" && own.some((number) => numbers.includes(number)),
    );
    const codes = codesIn(report.code);
    const ofTest = numbered.filter(([, { test }]) => codes.includes(test));
    const answered = ofTest.length === 0 && numbered.length === 1 ? numbered : ofTest;
    return answered.map(([id]) => id);
  }

  #set(id: string, awaited: AwaitedResult): void {
    this.#awaited.set(id, awaited);
    this.#changed.add(id);
  }

  operations(): readonly Operation[] {
    return [...this.#changed].flatMap((id): readonly Operation[] => {
      const body = this.#awaited.get(id);
      const ifMatch = this.#versions.get(id) ?? 0;
      return body === undefined ? [] : [{ action: "update", kind: awaitedResultKind, id, body, ifMatch }];
    });
  }
}
