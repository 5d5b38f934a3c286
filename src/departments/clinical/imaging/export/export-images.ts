import type { InstanceCursor, StoredInstance } from "#imaging";
import { failed, limits, notFound, ok, type Result } from "#kernel";
import { patientsOf, RuleCounts } from "#standards/deidentification";
import { FileSet } from "#standards/dicomdir";
import type { CountedDeidentification } from "./deidentified-file.ts";
import type { ExportNeeds, ExportOrder, ExportReport, ExportSink } from "./export-order.ts";
import { exportedFile } from "./exported-file.ts";

/**
 * Writes studies into a place as a set of files with its DICOMDIR, and `report.json`. An object that cannot go out is left out, and
 * counted by its problem. Problems: not-found `image-not-found` where no study is there; those of the archive when it does not
 * answer. Throws what the place throws.
 */
export async function exportImages(
  needs: ExportNeeds,
  order: ExportOrder,
  sink: ExportSink,
): Promise<Result<ExportReport>> {
  return new ExportRun(needs, order, sink).all();
}

class ExportRun {
  readonly #needs: ExportNeeds;
  readonly #order: ExportOrder;
  readonly #sink: ExportSink;
  readonly #files = new FileSet();
  readonly #counts = new RuleCounts();
  readonly #refusals = new RuleCounts();
  readonly #madeUp = new RuleCounts();
  #objectsTotal = 0;
  #objects = 0;
  #unlisted = 0;
  #sizeBytes = 0;

  constructor(needs: ExportNeeds, order: ExportOrder, sink: ExportSink) {
    this.#needs = needs;
    this.#order = order;
    this.#sink = sink;
  }

  async all(): Promise<Result<ExportReport>> {
    const studies = [...new Set(this.#order.studies)];
    const total = await this.#count(studies);
    if (!total.ok) return total;
    this.#objectsTotal = total.value;
    let missing = 0;
    for (const study of studies) {
      const objects = await this.#study(study);
      if (!objects.ok) return objects;
      if (objects.value === 0) missing += 1;
    }
    if (missing === studies.length) return failed(nothingThere);
    return ok(await this.#finish(studies.length - missing, missing));
  }

  async #count(studies: readonly string[]): Promise<Result<number>> {
    let total = 0;
    for (let from = 0; from < studies.length; from += limits.exportStudiesAskedMax) {
      const values = studies.slice(from, from + limits.exportStudiesAskedMax);
      const match = [{ path: [studyTag], test: { is: "one-of", values } as const }];
      const counted = await this.#needs.images.count({ level: "instance", match, limit: 1 });
      if (!counted.ok) return counted;
      total += counted.value;
    }
    return ok(total);
  }

  /** How many objects it has. */
  async #study(study: string): Promise<Result<number>> {
    let count = 0;
    let patientKey: string | undefined;
    let after: InstanceCursor | undefined;
    do {
      const page = await this.#needs.images.instances({
        address: { study },
        withMetadata: false,
        limit: limits.exportObjectsReadMax,
        ...(after === undefined ? {} : { after }),
      });
      if (!page.ok) return page;
      const [first] = page.value.instances;
      if (count === 0 && first !== undefined) patientKey = await this.#patientKey(first);
      for (const object of page.value.instances) {
        const done = await this.#object(object, patientKey);
        if (!done.ok) return done;
      }
      count += page.value.instances.length;
      after = page.value.next;
    } while (after !== undefined);
    return ok(count);
  }

  /** So that all dates of a patient move alike, whatever number an image has them under. */
  async #patientKey({ patient }: StoredInstance): Promise<string | undefined> {
    if (patient === undefined || this.#order.deidentification === undefined) return undefined;
    const version = await this.#needs.record.read("Patient", patient);
    return version.ok ? patientsOf(JSON.parse(version.value.body))[0]?.key : undefined;
  }

  async #object(object: StoredInstance, patientKey: string | undefined): Promise<Result<void>> {
    const blob = await this.#needs.images.open(object.blob);
    if (!blob.ok) return blob.problems[0].category === "unavailable" ? blob : this.#leaveOut(blob.problems[0].code);
    try {
      const { engine } = this.#needs;
      const file = await exportedFile({ object, blob: blob.value, patientKey, engine, ...this.#deidentification() });
      if (!file.ok) return this.#leaveOut(file.problems[0].code);
      const filed = this.#files.add(file.value);
      if (!filed.ok && filed.problems[0].code !== "no-record-type") return this.#leaveOut(filed.problems[0].code);
      for (const { code, where } of filed.ok ? filed.value.problems : []) this.#madeUp.add(`${code} ${where}`);
      if (!filed.ok) this.#unlisted += 1;
      const name = filed.ok ? filed.value.fileId.join("/") : `OTHER/IM${String(this.#unlisted).padStart(6, "0")}`;
      await this.#sink.add(name, this.#measured(file.value.pieces()));
      this.#objects += 1;
    } finally {
      await blob.value.close();
    }
    this.#tell();
    return ok(undefined);
  }

  #deidentification(): { readonly deidentification?: CountedDeidentification } {
    const { deidentification } = this.#order;
    return deidentification === undefined ? {} : { deidentification: { ...deidentification, counts: this.#counts } };
  }

  #leaveOut(code: string): Result<void> {
    this.#refusals.add(code);
    this.#tell();
    return ok(undefined);
  }

  #tell(): void {
    const left = [...this.#refusals.counts.values()].reduce((sum, count) => sum + count, 0);
    const objects = this.#objects + left;
    const objectsTotal = Math.max(this.#objectsTotal, objects);
    this.#needs.told({ objects, objectsTotal, sizeBytes: this.#sizeBytes });
  }

  async *#measured(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      this.#sizeBytes += piece.length;
      yield piece;
    }
  }

  async #finish(studies: number, studiesMissing: number): Promise<ExportReport> {
    const { fileSetId, deidentification } = this.#order;
    const directory = this.#files.directory({ id: fileSetId, uid: this.#needs.newUid() });
    await this.#sink.add("DICOMDIR", this.#measured(once(directory)));
    const report = {
      studies,
      studiesMissing,
      objects: this.#objects,
      sizeBytes: this.#sizeBytes,
      unlisted: this.#unlisted,
      refusals: sorted(this.#refusals),
      madeUp: sorted(this.#madeUp),
      ...(deidentification && { ruleSet: deidentification.ruleSet.name, rules: sorted(this.#counts) }),
    };
    await this.#sink.add("report.json", once(Buffer.from(`${JSON.stringify(report, null, 2)}\n`)));
    return report;
  }
}

const studyTag = 0x0020_000d;
const nothingThere = notFound("image-not-found", "There is no such study, or none that may be used for this.");

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function sorted({ counts }: RuleCounts): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
}
