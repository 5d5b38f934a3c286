import { type Clock, limits } from "#kernel";
import { type Canonical, compareVersions, isVersion } from "../definitions/canonical.ts";
import type { StoredSystem, TerminologyStore } from "../store.ts";
import { largeSource } from "./large-source.ts";
import type { CodeSystemSource } from "./source.ts";

/** The code systems of the database. A new import is seen within `limits.terminologySystemsAgeMs`. */
export class LargeSystems {
  readonly #store: TerminologyStore;
  readonly #clock: Clock;
  readonly #sources = new Map<number, CodeSystemSource>();
  #list: Promise<readonly StoredSystem[]> | undefined;
  #listedAtMs = Number.NEGATIVE_INFINITY;

  constructor(store: TerminologyStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** The version named, or the newest. */
  async find({ url, version }: Canonical): Promise<CodeSystemSource | undefined> {
    const systems = (await this.list()).filter((system) => system.url === url);
    const fitting = version === undefined ? systems : systems.filter((system) => isRelease(system, version));
    const found = fitting.reduce<StoredSystem | undefined>(
      (a, b) => (a !== undefined && compareVersions(a.version, b.version) > 0 ? a : b),
      undefined,
    );
    return found && this.#source(found);
  }

  list(): Promise<readonly StoredSystem[]> {
    const now = this.#clock.now();
    if (this.#list === undefined || now - this.#listedAtMs > limits.terminologySystemsAgeMs) {
      this.#listedAtMs = now;
      const list = this.#store.systems();
      this.#list = list;
      list.catch(() => {
        if (this.#list === list) this.#list = undefined;
      });
    }
    return this.#list;
  }

  #source(system: StoredSystem): CodeSystemSource {
    const known = this.#sources.get(system.key);
    if (known !== undefined) return known;
    const source = largeSource(this.#store, system);
    this.#sources.set(system.key, source);
    return source;
  }
}

/** An edition of SNOMED CT without a date is any of its releases. */
function isRelease(system: StoredSystem, version: string): boolean {
  return isVersion(system.version, version) || system.version.startsWith(`${version}/version/`);
}
