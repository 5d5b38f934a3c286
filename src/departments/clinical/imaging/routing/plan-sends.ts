import type { Context } from "#access";
import type { ImageRow } from "#imaging";
import { limits, ok, type Result, toIso } from "#kernel";
import { type HealthRecord, parseBody } from "#record";
import { tagNamed } from "#standards/dicom";
import { DicomValues } from "../studies/dicom-values.ts";
import { ofStudy } from "../studies/of-study.ts";
import { type ImageRoute, imageRouteKind, type NamedRoute, type RoutedStudy, whyNotRouted } from "./image-route.ts";
import { type ImageSend, imageSendId, imageSendKind } from "./image-send.ts";

export interface SendWish {
  readonly study: string;
  readonly node: string;
  readonly why: string;
  readonly transferSyntax?: string | undefined;
}

/** The rules that are there. */
export async function readRoutes({
  record,
}: {
  readonly record: Pick<HealthRecord, "search">;
}): Promise<Result<readonly NamedRoute[]>> {
  const sort = { by: "updated", descending: false } as const;
  const found = await record.search({ kind: imageRouteKind, all: [], sort, limit: limits.imageRoutesMax });
  if (!found.ok) return found;
  return ok(found.value.versions.map((version) => ({ ...parseBody<ImageRoute>(version), id: version.id })));
}

/** What rules look at of a study; undefined when there is no such study. */
export async function routedStudy(context: Context, study: string): Promise<Result<RoutedStudy | undefined>> {
  const { images, clock, hospitalTime } = context;
  const series = await images.find({ level: "series", match: [ofStudy(study)], limit: limits.imageRowsMax });
  if (!series.ok) return series;
  const [first] = series.value.rows;
  if (first === undefined) return ok(undefined);
  const objects = await images.instances({
    address: { study },
    withMetadata: false,
    limit: limits.imageInstancesPageMax,
  });
  if (!objects.ok) return objects;
  const values = series.value.rows.map(({ json }) => new DicomValues(json));
  const distinct = (of: readonly (string | undefined)[]) => [...new Set(of.filter((one) => one !== undefined))];
  return ok({
    sources: distinct(objects.value.instances.map(({ source }) => source)),
    modalities: distinct(values.map((each) => each.text("Modality"))),
    bodyParts: distinct(values.map((each) => each.text("BodyPartExamined"))),
    description: new DicomValues(first.json).text("StudyDescription") ?? "",
    clock: hospitalTime.local(clock.now()).clock,
  });
}

/** A study has come, or more of it: it goes where the rules say, with earlier ones of its patient where they ask for them. */
export async function routeReceived(context: Context, study: string): Promise<Result<void>> {
  const routes = await readRoutes(context);
  if (!routes.ok) return routes;
  const rules = routes.value.filter(({ isOn, trigger }) => isOn && trigger === "received");
  if (rules.length === 0) return continueSends(context, study);
  const routed = await routedStudy(context, study);
  if (!routed.ok) return routed;
  if (routed.value === undefined) return ok(undefined);
  for (const rule of rules) {
    if (whyNotRouted(rule, routed.value) !== undefined) continue;
    const along = await studiesOf(context, study, rule);
    if (!along.ok) return along;
    for (const each of [study, ...along.value]) {
      const planned = await planSends(context, sendsOf(rule, each, each === study ? "" : ", as an earlier study"));
      if (!planned.ok) return planned;
    }
  }
  return continueSends(context, study);
}

function sendsOf({ id, to, transferSyntax }: NamedRoute, study: string, more: string): readonly SendWish[] {
  return to.map((node) => ({ study, node, why: `rule ${id}${more}`, transferSyntax }));
}

/** Earlier studies of the same patient, newest first. */
async function studiesOf(context: Context, study: string, { priors }: ImageRoute): Promise<Result<readonly string[]>> {
  if (priors === undefined) return ok([]);
  const own = await context.images.find({ level: "study", match: [ofStudy(study)], limit: 1 });
  if (!own.ok) return own;
  const [row] = own.value.rows;
  return row?.study?.patient === undefined ? ok([]) : priorsOf(context, row, priors);
}

async function priorsOf(
  { images }: Context,
  { json, uids }: ImageRow,
  { count, sameModality }: NonNullable<ImageRoute["priors"]>,
): Promise<Result<readonly string[]>> {
  const values = new DicomValues(json);
  const asked = (keyword: string, given: readonly string[]) =>
    given.length === 0 ? [] : [{ path: [tagNamed(keyword) ?? 0], test: { is: "one-of", values: given } } as const];
  const match = [
    ...asked("PatientID", values.texts("PatientID")),
    ...asked("IssuerOfPatientID", values.texts("IssuerOfPatientID")),
    ...(sameModality ? asked("ModalitiesInStudy", values.texts("ModalitiesInStudy")) : []),
  ];
  if (match.length === 0) return ok([]);
  const found = await images.find({ level: "study", match, states: ["matched"], limit: count + 1 });
  if (!found.ok) return found;
  const others = found.value.rows.map((row) => row.uids.study ?? "").filter((uid) => uid !== uids.study);
  return ok(others.slice(0, count));
}

/** Lets sends of the study go on that had been done when more of it came. */
async function continueSends(context: Context, study: string): Promise<Result<void>> {
  const { record } = context;
  const sort = { by: "updated", descending: false } as const;
  const all = [{ is: "key", any: [`study=${study}`] }] as const;
  const found = await record.search({ kind: imageSendKind, all, sort, limit: limits.nodesMax });
  if (!found.ok) return found;
  const wishes = found.value.versions
    .map((version) => parseBody<ImageSend>(version))
    .filter(({ state }) => state === "sent");
  return planSends(context, wishes);
}

/**
 * Sends that are wanted: new ones wait, those that were done go on behind what was sent when the study has grown, and those that
 * wait, are parked or were cancelled stay as they are.
 */
export async function planSends(context: Context, wishes: readonly SendWish[]): Promise<Result<void>> {
  const { record, images, clock } = context;
  for (const { study, node, why, transferSyntax } of wishes) {
    const total = await images.count({ level: "instance", match: [ofStudy(study)], limit: 1 });
    if (!total.ok) return total;
    const id = imageSendId(study, node);
    const known = await record.readMany([{ kind: imageSendKind, id }]);
    if (!known.ok) return known;
    const [version] = known.value;
    const before = version === undefined ? undefined : parseBody<ImageSend>(version);
    if (before !== undefined && (before.state !== "sent" || before.total >= total.value)) continue;
    const fresh: ImageSend = {
      study,
      node,
      why,
      state: "waiting",
      sent: 0,
      failed: 0,
      total: total.value,
      attempts: 0,
      nextAt: toIso(clock.now()),
      commitment: "not-asked",
      ...(transferSyntax === undefined ? {} : { transferSyntax }),
    };
    const body =
      before === undefined ? fresh : { ...before, state: "waiting" as const, total: total.value, attempts: 0 };
    const written = await record.transact({ operations: [{ action: "update", kind: imageSendKind, id, body }] });
    if (!written.ok) return written;
  }
  return ok(undefined);
}
