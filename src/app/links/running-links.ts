import { setTimeout as passed } from "node:timers/promises";
import type { Configuration, LinkSettings, LinkStatus } from "#departments/clinical";
import { limits, type Problem, type Result } from "#kernel";
import type { IntakeNeeds, OpenIntake } from "./intake.ts";
import { openIntake } from "./open-intake.ts";
import type { Origin } from "./receiver.ts";

interface Running {
  /** By which messages are taken from now on. */
  settings: LinkSettings;
  intake?: OpenIntake | undefined;
  /** The settings that the intake was opened by. */
  openedBy?: LinkSettings;
  /** Why its newest settings are not open. */
  problem?: Problem | undefined;
  /** A person has stopped it: who and why, in words. */
  stopped?: string | undefined;
}

/** What is to be open. */
export interface WantedLinks extends Pick<Configuration, "links"> {
  /** Of the links that a person has stopped: who and why, in words. */
  readonly stopped?: ReadonlyMap<string, string>;
}

/**
 * The links that are open. A new configuration is applied link by link: one whose intake is the same keeps its
 * connections, and takes its other settings with the next message; another is opened anew before the old one drains.
 */
export class RunningLinks {
  readonly #needs: IntakeNeeds;
  readonly #links = new Map<string, Running>();
  /** Those that drain. */
  readonly #closing = new Set<Promise<void>>();
  #last: Promise<unknown> = Promise.resolve();
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(needs: IntakeNeeds) {
    this.#needs = needs;
  }

  /** Settles when all is open that can be; one that cannot is in `statuses` with the reason, and is tried again. */
  apply(wanted: WantedLinks): Promise<readonly Problem[]> {
    const applied = this.#last.then(() => this.#applyAll(wanted));
    this.#last = applied;
    return applied;
  }

  statuses(): readonly LinkStatus[] {
    return [...this.#links.values()].map((link) => statusOf(link));
  }

  settingsOf(name: string): LinkSettings | undefined {
    return this.#links.get(name)?.settings;
  }

  /** `127.0.0.1:2575`; undefined where there is no such link or it is not open at an address. */
  addressOf(name: string): string | undefined {
    return this.#links.get(name)?.intake?.address;
  }

  /** Undefined where no link of this name takes messages by HTTP. */
  takeByHttp(name: string, message: Uint8Array, origin: Origin): Promise<Result<Uint8Array | undefined>> | undefined {
    return this.#links.get(name)?.intake?.take?.(message, origin);
  }

  /** Reads their certificates again, for connections that open from now on. The problems of those that cannot be used. */
  reloadCertificates(): Promise<readonly Problem[]> {
    const reloaded = this.#last.then(async () => {
      const secure = [...this.#links.values()].filter(({ intake, problem }) => {
        return intake?.reload !== undefined && (problem === undefined || problem.code.startsWith("tls-file"));
      });
      for (const link of secure) await this.#keep(link);
      this.#needs.statusChanged();
      return secure.flatMap(({ problem }) => problem ?? []);
    });
    this.#last = reloaded;
    return reloaded;
  }

  /** Answers what is under way, and closes every link at the same time. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#last;
    for (const link of this.#links.values()) this.#release(link);
    await Promise.all(this.#closing);
  }

  async #applyAll(wanted: WantedLinks): Promise<readonly Problem[]> {
    if (this.#isClosed) return [];
    clearTimeout(this.#retry);
    this.#drop(wanted.links);
    const changed: Running[] = [];
    for (const settings of wanted.links) {
      const link = this.#links.get(settings.name) ?? { settings };
      this.#links.set(settings.name, link);
      link.settings = settings;
      link.stopped = wanted.stopped?.get(settings.name);
      if (link.stopped !== undefined) this.#stand(link);
      else if (isOpenBy(link, settings)) await this.#keep(link);
      else changed.push(link);
    }
    const isFreed = this.#closing.size > 0;
    for (const link of changed) await this.#open(link, isFreed ? limits.linkPortFreeMs : 0);
    await this.#exchangePorts(changed);
    const failing = changed.filter(({ problem }) => problem !== undefined);
    if (failing.length > 0) this.#retry = setTimeout(() => void this.apply(wanted), limits.linkReopenMs).unref();
    this.#needs.statusChanged();
    return failing.flatMap(({ problem }) => problem ?? []);
  }

  /** Those that are set up no more. */
  #drop(links: readonly LinkSettings[]): void {
    const isKept = new Set(links.map(({ name }) => name));
    for (const [name, link] of [...this.#links]) {
      if (isKept.has(name)) continue;
      this.#release(link);
      this.#links.delete(name);
    }
  }

  /** Takes nothing until a person has it go on. */
  #stand(link: Running): void {
    this.#release(link);
    link.problem = undefined;
  }

  /** Its connections stay; those that open from now on get certificates as they are by now. */
  async #keep(link: Running): Promise<void> {
    const reloaded = await link.intake?.reload?.();
    link.problem = reloaded?.ok === false ? reloaded.problems[0] : undefined;
  }

  /** A port that one of them holds itself, or that another of them is to give up: all of those close before they open. */
  async #exchangePorts(changed: readonly Running[]): Promise<void> {
    const failing = changed.filter(({ problem }) => problem?.code === "port-in-use");
    const held = new Set(failing.flatMap(({ intake }) => intake?.port ?? []));
    const moving = failing.filter(({ settings: { intake } }) => intake.by === "mllp" && held.has(intake.port));
    const ports = new Set(moving.map(({ settings: { intake } }) => (intake.by === "mllp" ? intake.port : 0)));
    for (const link of failing) if (ports.has(link.intake?.port ?? -1)) this.#release(link);
    for (const link of moving) {
      await this.#open(link, limits.linkPortFreeMs);
      if (link.intake === undefined && link.openedBy !== undefined) await this.#reopenAsBefore(link, link.openedBy);
    }
  }

  /** Opens the newest settings of a link; the old intake then drains. What cannot be opened leaves the old one open. */
  async #open(link: Running, patienceMs: number): Promise<void> {
    const opened = await this.#tried(link, patienceMs);
    link.problem = opened.ok ? undefined : opened.problems[0];
    if (!opened.ok) {
      const { code, message } = opened.problems[0];
      this.#needs.log.error("a link could not be opened", { link: link.settings.name, code, message });
      return;
    }
    this.#release(link);
    link.intake = opened.value;
    link.openedBy = link.settings;
  }

  async #tried(link: Running, patienceMs: number): Promise<Result<OpenIntake>> {
    const untilMs = performance.now() + patienceMs;
    for (;;) {
      const opened = await openIntake(() => link.settings, this.#needs);
      const isTaken = !opened.ok && opened.problems[0].code === "port-in-use";
      if (!isTaken || performance.now() >= untilMs) return opened;
      await passed(portLookMs);
    }
  }

  async #reopenAsBefore(link: Running, openedBy: LinkSettings): Promise<void> {
    const wanted = link.settings;
    link.settings = { ...wanted, intake: openedBy.intake };
    const opened = await this.#tried(link, limits.linkPortFreeMs);
    link.settings = wanted;
    if (opened.ok) link.intake = opened.value;
  }

  #release(link: Running): void {
    const { intake } = link;
    if (intake === undefined) return;
    link.intake = undefined;
    const closing = intake.close().catch((error: Error) => {
      this.#needs.log.error("close-failed", { part: link.settings.name, error });
    });
    this.#closing.add(closing);
    void closing.then(() => this.#closing.delete(closing));
  }
}

/** A port that is being given up is free after a few of these. */
const portLookMs = 20;

function isOpenBy({ intake, openedBy }: Running, settings: LinkSettings): boolean {
  return intake !== undefined && JSON.stringify(openedBy?.intake) === JSON.stringify(settings.intake);
}

function statusOf({ settings, intake, problem, stopped }: Running): LinkStatus {
  const { name, title, routes } = settings;
  const status = intake?.status();
  const text = status?.text ?? stopped ?? "not open";
  return {
    name,
    title,
    state:
      problem !== undefined || status?.isFailing === true ? "failed" : status === undefined ? "stopped" : "listening",
    stateText:
      problem === undefined ? text : status === undefined ? problem.message : `${problem.message} Still ${text}.`,
    connections: status?.connections ?? 0,
    connectionsMax: status?.connectionsMax ?? 0,
    destinations: [...new Set(routes.flatMap(({ to }) => to))],
  };
}
