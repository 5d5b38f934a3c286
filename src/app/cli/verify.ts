import type { ImageCheck } from "#imaging";
import { type Instant, instant, ok, type Problem, type Result } from "#kernel";
import { openAuditPlaces } from "../compose/audit-keeping.ts";
import { besideCorridor } from "../compose/beside.ts";
import { type VerifyReport, verifyAll } from "../verify/verify.ts";
import type { Command } from "./command.ts";
import { progressBar } from "./progress-bar.ts";
import { type Given, withSettings } from "./settings.ts";
import type { Terminal } from "./terminal.ts";

export const verify: Command = {
  help: `corridor verify [--json]

Reads everything that Corridor keeps and checks it: every version can be read, the feed has no gap, every message and
document as received and every image is there and equal to its hash, studies and series count what they have, the audit log is unbroken and
is what its signed checkpoints say, to the entry. What was erased is named with the decision that it was erased by.
Corridor may go on working meanwhile.
Ends with exit code 1 and a line for each thing that is wrong. What it finds of the images is shown on their page of storage.`,
  options: { json: { type: "boolean" } },
  wordsMax: 0,
  run: async (invocation) => {
    const { options, terminal } = invocation;
    let wrong = 0;
    const code = await withSettings(invocation, async (given) => {
      const report = await verified(given, terminal);
      if (!report.ok) return report;
      wrong = report.value.problems.length;
      if (options.json === true) terminal.out(JSON.stringify(report.value, null, 2));
      else tell(terminal, report.value);
      return ok(undefined);
    });
    return wrong > 0 ? 1 : code;
  },
};

async function verified(given: Given, terminal: Terminal): Promise<Result<VerifyReport>> {
  return besideCorridor(given, async ({ store, blobs, imageBlobs }) => {
    const bars = {
      versions: progressBar(terminal, { label: "Versions", unit: "versions" }),
      blobs: progressBar(terminal, { label: "Blobs", unit: "blobs" }),
      images: progressBar(terminal, { label: "Images", unit: "images" }),
      "audit entries": progressBar(terminal, { label: "Audit log", unit: "entries" }),
    };
    const startedAt = instant(Date.now());
    const audit = await openAuditPlaces(given.config);
    if (!audit.ok) return audit;
    const report = await verifyAll({
      store,
      audit: audit.value,
      stores: { inline: store.blobs, files: blobs, images: imageBlobs },
      progress: (what, done, total) => bars[what].update(done, total),
    });
    for (const bar of Object.values(bars)) bar.finish();
    await store.images.addCheck(imageCheck(report, startedAt));
    return ok(report);
  });
}

const problemsKept = 50;

/** What is shown to those who keep the archive. */
function imageCheck({ images, problems }: VerifyReport, startedAt: Instant): ImageCheck {
  const own = problems.filter(({ code }) => code.startsWith("image-"));
  return {
    at: startedAt,
    tookMs: Date.now() - startedAt,
    objects: images,
    problemCount: own.length,
    problems: own
      .slice(0, problemsKept)
      .map(({ code, message, where }) => ({ code, message, ...(where && { where }) })),
  };
}

function tell(
  terminal: Terminal,
  { versions, blobs, blobsRetired, images, auditEntries, erased, problems }: VerifyReport,
): void {
  for (const problem of problems) terminal.out(`WRONG ${lineOf(problem)}`);
  const what = `${versions} versions, ${blobs} blobs, ${images} images, ${auditEntries} audit entries`;
  if (blobsRetired > 0)
    terminal.out(`${blobsRetired} messages as received are no longer kept, as their time was over.`);
  for (const { decision, documents, versions: gone, isFinished } of erased)
    terminal.out(
      `${documents} documents of ${gone} versions are erased by decision ${decision}${isFinished ? "" : ", which is not finished"}.`,
    );
  terminal.out(problems.length === 0 ? `Whole: ${what}.` : `${problems.length} things are wrong in ${what}.`);
}

function lineOf({ code, message, where }: Problem): string {
  return `${code}: ${where === undefined ? "" : `${where}: `}${message}`;
}
