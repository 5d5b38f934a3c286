import { mkdir } from "node:fs/promises";
import { type Log, ok, type Result } from "#kernel";
import { systemClock } from "../clock.ts";
import { thisAccount } from "../compose/identity.ts";
import { type Corridor, startCorridor } from "../compose.ts";
import type { Config } from "../config.ts";
import type { Progress } from "../progress.ts";
import { type Asked, type DemoNote, openDemoFolder, writeNote } from "./demo-folder.ts";
import { type Filled, fill } from "./fill.ts";
import { ensureDirectory } from "./hospital/directory.ts";
import { tellGovernance, tellSubjectAccess } from "./hospital/governance.ts";
import { ensureDemoUsers } from "./hospital/users.ts";
import { storiesOf } from "./hospital.ts";
import type { FilledImages } from "./imaging/fill-images.ts";
import { type OpenedRadiology, openRadiology } from "./imaging/open-radiology.ts";
import { firstMessages } from "./live/first-messages.ts";
import { type Laboratory, startLaboratory } from "./live/laboratory.ts";
import { type OpenHospital, openHospital } from "./open-hospital.ts";
import { quieterLog } from "./quieter-log.ts";
import { doorOf, untilListening } from "./set-up/door.ts";
import { isInWard } from "./story/beds.ts";
import type { Story } from "./story/story.ts";

export interface DemonstrationNeeds {
  readonly config: Config;
  readonly asked: Asked;
  readonly hasLaboratory: boolean;
  readonly log: Log;
  readonly progress: Progress;
  /** Follows the filling, in patients. */
  readonly filling: { update(done: number, total: number): void; finish(): void };
}

/** A running Corridor with a made-up hospital in it. */
export interface Demonstration extends Corridor {
  readonly note: DemoNote;
  /** Made by this start. */
  readonly isNew: boolean;
  /** Settles when the two years are in; undefined when they were before, or it was stopped. */
  readonly filled: Promise<Result<(Filled & { readonly seconds: number }) | undefined>>;
  /** Settles when the images are in, likewise. */
  readonly imaged: Promise<Result<FilledImages | undefined>>;
}

/**
 * Opens the doors first, so that people can sign in, and fills the hospital through them while it runs; then the
 * laboratory begins to send. Problems: those of `openDemoFolder` and `startCorridor`.
 */
export async function startDemonstration(given: DemonstrationNeeds): Promise<Result<Demonstration>> {
  const needs = { ...given, log: quieterLog(given.log) };
  const { config, asked, log, progress } = needs;
  const folder = config.dataFolder;
  const made = await openDemoFolder(asked, { folder, nowMs: systemClock.now(), log });
  if (!made.ok) return made;
  const note = made.value;
  await mkdir(folder, { recursive: true });
  await writeNote(folder, note);
  const corridor = await startCorridor({ config, log, progress });
  if (!corridor.ok) return corridor;
  const opened = await progress.step("Users, wards and links", () => furnish(corridor.value, needs));
  if (!opened.ok) {
    await corridor.value.stop();
    return opened;
  }
  const { isNew, hospital } = opened.value;
  const addresses = { ...corridor.value.addresses, mllp: hospital.address };
  return ok({ ...corridor.value, addresses, note, isNew, ...run(corridor.value, { ...needs, note, hospital }) });
}

interface Furnished {
  readonly isNew: boolean;
  readonly hospital: OpenHospital;
}

/** Whoever can sign in, where they work, and the links with those at their other end. */
async function furnish({ access, addresses }: Corridor, needs: DemonstrationNeeds): Promise<Result<Furnished>> {
  const { config, log } = needs;
  const account = thisAccount();
  const users = await ensureDemoUsers(access, account);
  if (!users.ok) return users;
  const directory = await ensureDirectory(access, account);
  if (!directory.ok) return directory;
  const governance = directory.value.isNew ? await tellGovernance(access) : ok(undefined);
  if (!governance.ok) return governance;
  const hospital = await openHospital({ access, account, config, log, address: addresses.mllp });
  return hospital.ok ? ok({ ...directory.value, hospital: hospital.value }) : hospital;
}

interface Running extends DemonstrationNeeds {
  readonly note: DemoNote;
  readonly hospital: OpenHospital;
}

function run(corridor: Corridor, running: Running): Pick<Demonstration, "filled" | "imaged" | "stop"> {
  const { note, config, log, hasLaboratory, hospital } = running;
  const closing = new AbortController();
  const { signal } = closing;
  const stories = storiesOf(note);
  let laboratory: Laboratory | undefined;
  let radiology: OpenedRadiology | undefined;
  const filled = note.isFilled ? Promise.resolve(ok(undefined)) : fillAll(running, stories, signal);
  const begun = filled.then(async (result) => {
    if (signal.aborted || !result.ok) return;
    await writeNote(config.dataFolder, { ...note, isFilled: true });
    const asked = note.isFilled ? ok(undefined) : await tellSubjectAccess(corridor.access);
    if (!asked.ok) log.error("demo-requests-not-told", { code: asked.problems[0].code });
    const passing = await hospital.passOn(signal);
    if (!passing.ok) log.error("demo-links-not-deployed", { code: passing.problems[0].code });
    if (signal.aborted || !hasLaboratory) return;
    const first = passing.ok && passing.value.isNew ? firstMessages : [];
    const inWard = stories.filter(isInWard);
    laboratory = startLaboratory({ stories: inWard, first, doors: hospital.doors, clock: systemClock, log });
  });
  const imaged = filled.then((result): Demonstration["imaged"] => {
    if (result.ok && !signal.aborted) radiology = radiologyOf(corridor, { ...running, stories, signal });
    return radiology?.filled ?? Promise.resolve(ok(undefined));
  });
  return {
    filled,
    imaged,
    async stop() {
      closing.abort();
      await begun;
      await radiology?.stop();
      await laboratory?.stop();
      await corridor.stop();
      await hospital.stop();
    },
  };
}

interface Imaging extends Running {
  readonly stories: readonly Story[];
  readonly signal: AbortSignal;
}

/** The note says when its studies are in. */
function radiologyOf({ access, addresses }: Corridor, imaging: Imaging): OpenedRadiology {
  const { config, note, hospital, hasLaboratory: hasModalities } = imaging;
  const { doors } = hospital;
  const dicom = doorOf(addresses.dimse);
  const radiology = openRadiology({ ...imaging, access, account: thisAccount(), doors, dicom, hasModalities });
  void radiology.filled.then(async (filled) => {
    if (!filled.ok) imaging.log.error("demo-images-not-in", { code: filled.problems[0].code });
    else if (filled.value !== undefined)
      await writeNote(config.dataFolder, { ...note, isFilled: true, hasImages: true });
  });
  return radiology;
}

async function fillAll(
  { note, filling, log, hospital: { doors } }: Running,
  stories: readonly Story[],
  signal: AbortSignal,
): Promise<Awaited<Demonstration["filled"]>> {
  const startedMs = performance.now();
  for (const door of Object.values(doors)) {
    const listening = await untilListening(door, signal);
    if (!listening.ok) return signal.aborted ? ok(undefined) : listening;
  }
  const progress = (done: number) => filling.update(done, stories.length);
  const filled = await fill({ stories, asOfMs: note.asOfMs, doors, signal, progress, log });
  filling.finish();
  if (!filled.ok) return signal.aborted ? ok(undefined) : filled;
  return ok(signal.aborted ? undefined : { ...filled.value, seconds: (performance.now() - startedMs) / 1_000 });
}
