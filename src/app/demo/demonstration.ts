import { mkdir } from "node:fs/promises";
import { failed, type Log, ok, type Result, unavailable } from "#kernel";
import { systemClock } from "../clock.ts";
import { thisAccount } from "../compose/identity.ts";
import { type Corridor, startCorridor } from "../compose.ts";
import type { Config } from "../config.ts";
import type { Progress } from "../progress.ts";
import { type Asked, type DemoNote, openDemoFolder, writeNote } from "./demo-folder.ts";
import { type Door, type Filled, fill } from "./fill.ts";
import { ensureDirectory } from "./hospital/directory.ts";
import { ensureDemoUsers } from "./hospital/users.ts";
import { storiesOf } from "./hospital.ts";
import { type Laboratory, startLaboratory } from "./live/laboratory.ts";
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
}

/**
 * Opens the doors first, so that people can sign in, and fills the hospital through them while it runs; then the
 * laboratory begins to send. Problems: those of `openDemoFolder` and `startCorridor`.
 */
export async function startDemonstration(needs: DemonstrationNeeds): Promise<Result<Demonstration>> {
  const { config, asked, log, progress } = needs;
  const folder = config.dataFolder;
  const opened = await openDemoFolder(asked, { folder, nowMs: systemClock.now(), log });
  if (!opened.ok) return opened;
  const note = opened.value;
  await mkdir(folder, { recursive: true });
  await writeNote(folder, note);
  const corridor = await startCorridor({ config, log, progress });
  if (!corridor.ok) return corridor;
  if (corridor.value.addresses.mllp === undefined) {
    await corridor.value.stop();
    return failed(noLink);
  }
  const staffed = await progress.step("Users and wards", () => staff(corridor.value));
  if (!staffed.ok) {
    await corridor.value.stop();
    return staffed;
  }
  return ok({ ...corridor.value, note, isNew: staffed.value.isNew, ...run(corridor.value, { ...needs, note }) });
}

const noLink = unavailable(
  "no-link",
  "The demonstration's laboratory sends over MLLP, and no link listens: roll its links back, or begin with --fresh.",
);

/** Whoever can sign in, and where they work. */
async function staff({ access }: Corridor): Promise<Result<{ readonly isNew: boolean }>> {
  const account = thisAccount();
  const users = await ensureDemoUsers(access, account);
  if (!users.ok) return users;
  return ensureDirectory(access, account);
}

interface Running extends DemonstrationNeeds {
  readonly note: DemoNote;
}

function run(corridor: Corridor, running: Running): Pick<Demonstration, "filled" | "stop"> {
  const { note, config, log, hasLaboratory } = running;
  const closing = new AbortController();
  const mllp = doorOf(corridor.addresses.mllp ?? "");
  const stories = storiesOf(note);
  let laboratory: Laboratory | undefined;
  const filled = note.isFilled ? Promise.resolve(ok(undefined)) : fillAll(running, { stories, mllp, closing });
  const begun = filled.then(async (result) => {
    if (closing.signal.aborted || !result.ok) return;
    await writeNote(config.dataFolder, { ...note, isFilled: true });
    if (!hasLaboratory) return;
    laboratory = startLaboratory({ stories: stories.filter(isInWard), mllp, clock: systemClock, log });
  });
  return {
    filled,
    async stop() {
      closing.abort();
      await begun;
      await laboratory?.stop();
      await corridor.stop();
    },
  };
}

interface FillingAll {
  readonly stories: readonly Story[];
  readonly mllp: Door;
  readonly closing: AbortController;
}

async function fillAll(
  { note, filling, log }: Running,
  { stories, mllp, closing }: FillingAll,
): Promise<Awaited<Demonstration["filled"]>> {
  const startedMs = performance.now();
  const { signal } = closing;
  const progress = (done: number) => filling.update(done, stories.length);
  const filled = await fill({ stories, asOfMs: note.asOfMs, mllp, signal, progress, log });
  filling.finish();
  if (!filled.ok) return signal.aborted ? ok(undefined) : filled;
  return ok(signal.aborted ? undefined : { ...filled.value, seconds: (performance.now() - startedMs) / 1_000 });
}

/** `127.0.0.1:2575`, or `::1:2575`. */
function doorOf(address: string): Door {
  const at = address.lastIndexOf(":");
  return { host: address.slice(0, at), port: Number(address.slice(at + 1)) };
}
